/**
 * Seal: the toolchain comes to be. The tree is renamed into place, then its manifest, and the receipt last; whoever
 * finds a tree without a receipt knows that it was never finished, and clears it away.
 */
import { mkdir, rename, rm } from 'node:fs/promises'
import type { Release } from '../contract/index.js'
import type { Layout } from '../store/layout.js'
import { formatManifest, type ManifestFile } from '../store/manifest.js'
import { replaceFile, writeReceipt, type Receipt } from '../store/receipt.js'
import { discard } from '../store/staging.js'

/** Puts a staged tree in place with its receipt. The caller holds the release's lock. Returns the receipt. */
export async function seal(
  layout: Layout,
  tree: string,
  files: ManifestFile[],
  receipt: Omit<Receipt, 'files' | 'schema'>,
): Promise<Receipt> {
  const { text, sha256 } = formatManifest(files)
  const bytes = files.reduce((sum, file) => sum + file.size, 0)
  await mkdir(layout.roomOf(receipt.tool), { recursive: true })
  await rename(tree, layout.toolchain(receipt))
  await replaceFile(layout.manifest(receipt), text)
  const whole: Receipt = { schema: 1, ...receipt, files: { count: files.length, bytes, sha256 } }
  await writeReceipt(layout, whole)
  return whole
}

/** Clears away the tree and manifest of a release that has no receipt. The caller holds the release's lock. */
export async function clearUnsealed(layout: Layout, release: Release, lockName: string): Promise<void> {
  await discard(layout, lockName, layout.toolchain(release))
  await discard(layout, lockName, layout.manifest(release))
  await rm(layout.laying(release), { force: true })
}
