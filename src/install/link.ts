/** Link: a GOROOT of the user's own becomes a toolchain of the store, by a symbolic link and a receipt. */
import { randomBytes } from 'node:crypto'
import { mkdir, rename, symlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { GonativeError } from '../errors.js'
import { Layout } from '../store/layout.js'
import { readReceipt, writeReceipt, type Receipt } from '../store/receipt.js'
import { sweep } from '../store/staging.js'
import { expose } from './expose.js'
import { checkGoroot } from './goroot.js'
import { clearUnsealed } from './seal.js'
import type { Session } from './session.js'

export interface Linked {
  receipt: Receipt
  /** The version of the Go in the directory. */
  goVersion: string
  /** False when it was linked there before. */
  made: boolean
}

/**
 * Links a directory as `version`: a name for which isLinkName holds, or the exact version that the Go in it is. Another
 * link of that name is moved here and keeps its grafts, so that no target loses its cgo unnoticed.
 * @param directory absolute; kept as it is named, so that a link that an upgrade moves is followed.
 * @throws GonativeError what checkGoroot throws, or ALREADY_INSTALLED when gonative itself installed that version.
 */
export async function link(version: string, directory: string, session: Session): Promise<Linked> {
  const { layout, io, lock } = session
  await sweep(layout)
  const goVersion = await checkGoroot(directory, session)
  const release = { tool: 'go', version }
  const name = Layout.nameOf(release)
  const linked = await lock(name, async (): Promise<Linked> => {
    const before = await readReceipt(layout, release)
    if (before && before.linked === undefined) throw alreadyInstalled(version)
    if (before?.linked === directory) return { receipt: before, goVersion, made: false }
    if (!before) await clearUnsealed(layout, release, name)
    await replaceLink(layout.toolchain(release), directory)
    const receipt: Receipt = {
      schema: 1,
      ...release,
      host: io.host,
      installed: io.now().toISOString(),
      source: 'link',
      linked: directory,
      archives: [],
      verified: [],
      files: { count: 0, bytes: 0, sha256: '' },
      grafts: before?.grafts ?? [],
    }
    await writeReceipt(layout, receipt)
    return { receipt, goVersion, made: true }
  })
  await expose(session, { defaultIfNone: version })
  return linked
}

async function replaceLink(path: string, directory: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}`
  await mkdir(dirname(path), { recursive: true })
  await symlink(directory, temporary, 'dir')
  await rename(temporary, path)
}

function alreadyInstalled(version: string): GonativeError {
  return new GonativeError('ALREADY_INSTALLED', `go ${version} is installed, and verified`, {
    hint: `To have a link in its place: gonative uninstall ${version}, and again.`,
  })
}
