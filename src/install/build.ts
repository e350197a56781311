/**
 * The middle of the pipeline for one release that has been located: fetch, verify, unpack, then what the caller adds
 * to the staged tree, and seal. Runs under the release's lock; whatever fails, staging is gone afterwards.
 */
import { join } from 'node:path'
import type { ManifestFile } from '../store/manifest.js'
import type { ArchiveReceipt, BuiltReceipt, GraftReceipt, MissingGraft, Receipt } from '../store/receipt.js'
import { inStaging } from '../store/staging.js'
import { takeArchive } from './archive.js'
import { discard as discardDownload } from './fetch.js'
import type { Located } from './locate.js'
import { clearUnsealed, seal } from './seal.js'
import { downloadsOf, type Session } from './session.js'
import { loadVerifiers } from './verify.js'

export interface BuildOptions {
  allowUnverified: boolean
  /** The name of the lock that the caller holds. */
  lockName: string
  /** Puts the tree together. Without: of the archives as they are. */
  take?: Take
  /** Makes grafts for the staged tree and seals it with them. Without: sealed with none. */
  finish?: (tree: string, seal: Seal) => Promise<Receipt>
}

/** Makes a release's tree in `staging/tree`, verified. */
export type Take = (staging: string) => Promise<TakenTree>

export interface TakenTree {
  files: ManifestFile[]
  archives: ArchiveReceipt[]
  /** To be discarded when all is done. */
  downloads: string[]
  built?: BuiltReceipt
  /** Whether something else than its archives makes it doubtful. */
  doubtful?: boolean
}

/** Seals the staged tree with these grafts, and the targets for which none could be made. */
export type Seal = (grafts: GraftReceipt[], missing?: MissingGraft[]) => Promise<Receipt>

/** Makes a toolchain out of its archives. @returns its receipt, already written. */
export async function build(located: Located, session: Session, options: BuildOptions): Promise<Receipt> {
  const { layout, io } = session
  const { release } = located
  await clearUnsealed(layout, release, options.lockName)
  return inStaging(layout, options.lockName, async (staging) => {
    const tree = join(staging, 'tree')
    const take = options.take ?? ((): Promise<TakenTree> => takeAll(located, tree, session, options.allowUnverified))
    const { files, archives, downloads, built, doubtful } = await take(staging)
    const sealWith: Seal = (grafts, missing = []) =>
      seal(layout, tree, files, {
        ...release,
        host: io.host,
        installed: io.now().toISOString(),
        source: located.source,
        archives,
        verified: doubtful ? [] : verifiedBy(archives),
        ...(built === undefined ? {} : { built }),
        grafts,
        ...(missing.length === 0 ? {} : { missing }),
      })
    const receipt = await (options.finish ? options.finish(tree, sealWith) : sealWith([]))
    // Only now: a process killed before this finds its downloads whole when it comes back.
    if (!downloadsOf(session).keep) await Promise.all(downloads.map((path) => discardDownload(path)))
    return receipt
  })
}

async function takeAll(located: Located, tree: string, session: Session, allowUnverified: boolean): Promise<TakenTree> {
  const taking = { session, verifiers: await loadVerifiers(session), allowUnverified }
  const taken: TakenTree = { files: [], archives: [], downloads: [] }
  for (const archive of located.archives) {
    const done = await takeArchive(archive, located, tree, taking)
    taken.files.push(...done.files)
    taken.archives.push(done.receipt)
    taken.downloads.push(done.download)
  }
  return taken
}

/** What vouches for the whole: nothing, as long as one of its archives has nobody. */
function verifiedBy(archives: ArchiveReceipt[]): Receipt['verified'] {
  const each = archives.map(({ verdicts }) => verdicts.filter(({ status }) => status === 'verified'))
  return each.every((verified) => verified.length > 0) ? each.flat().map(({ by, evidence }) => ({ by, evidence })) : []
}
