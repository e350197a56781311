/** Writes down in the receipt of an installed release that it was rebuilt: the strongest word there is on it. */
import { readFile } from 'node:fs/promises'
import type { Release } from '../../contract/index.js'
import type { Session } from '../../install/session.js'
import { Layout } from '../../store/layout.js'
import { parseManifest } from '../../store/manifest.js'
import { readReceipt, rebuildVerdict, writeReceipt } from '../../store/receipt.js'
import { asInModule, firstDifference, type HashedFile } from './difference.js'

/**
 * Only when what is installed is, file by file, what was rebuilt.
 * @returns whether it is written
 */
export async function record(
  release: Release,
  files: readonly HashedFile[],
  evidence: string,
  { layout, lock }: Session,
): Promise<boolean> {
  return lock(Layout.nameOf(release), async () => {
    const receipt = await readReceipt(layout, release)
    if (!receipt || receipt.linked !== undefined) return false
    const installed = parseManifest(await readFile(layout.manifest(release), 'utf8'))
    if (await firstDifference(asInModule(installed), asInModule(files))) return false
    const others = receipt.verified.filter(({ by }) => by !== rebuildVerdict)
    await writeReceipt(layout, { ...receipt, verified: [{ by: rebuildVerdict, evidence }, ...others] })
    return true
  })
}
