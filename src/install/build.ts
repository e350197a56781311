/**
 * The middle of the pipeline for one release that has been located: fetch, verify, unpack, then what the caller adds
 * to the staged tree, and seal. Runs under the release's lock; whatever fails, staging is gone afterwards.
 */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Archive, Measured } from '../contract/index.js'
import { exitCodes, GonativeError } from '../errors.js'
import type { ManifestFile } from '../store/manifest.js'
import type { ArchiveReceipt, GraftReceipt, Receipt } from '../store/receipt.js'
import { inStaging } from '../store/staging.js'
import { discard as discardDownload, fetchArchive } from './fetch.js'
import type { Located } from './locate.js'
import { clearUnsealed, seal } from './seal.js'
import { downloadsOf, type Session } from './session.js'
import { unpackArchive } from './unpack.js'
import { conclude, judge, loadVerifiers, type Loaded } from './verify.js'

export interface BuildOptions {
  allowUnverified: boolean
  /** The name of the lock that the caller holds. */
  lockName: string
  /** Makes grafts for the staged tree and seals it with them. Without: sealed with none. */
  finish?: (tree: string, seal: Seal) => Promise<Receipt>
}

/** Seals the staged tree with these grafts. */
export type Seal = (grafts: GraftReceipt[]) => Promise<Receipt>

/** Makes a toolchain out of its archives. @returns its receipt, already written. */
export async function build(located: Located, session: Session, options: BuildOptions): Promise<Receipt> {
  const { layout, io } = session
  const { release } = located
  const verifiers = await loadVerifiers(session)
  await clearUnsealed(layout, release, options.lockName)
  return inStaging(layout, options.lockName, async (staging) => {
    const tree = join(staging, 'tree')
    const files: ManifestFile[] = []
    const archives: ArchiveReceipt[] = []
    const downloads: string[] = []
    for (const archive of located.archives) {
      const done = await addArchive(archive, tree, located, session, verifiers, options.allowUnverified)
      files.push(...done.files)
      archives.push(done.receipt)
      downloads.push(done.download)
    }
    const sealWith: Seal = (grafts) =>
      seal(layout, tree, files, {
        ...release,
        host: io.host,
        installed: io.now().toISOString(),
        source: located.source,
        archives,
        verified: verifiedBy(archives),
        grafts,
      })
    const receipt = await (options.finish ? options.finish(tree, sealWith) : sealWith([]))
    // Only now: a process killed before this finds its downloads whole when it comes back.
    if (!downloadsOf(session).keep) await Promise.all(downloads.map((path) => discardDownload(path)))
    return receipt
  })
}

/** What vouches for the whole: nothing, as long as one of its archives has nobody. */
function verifiedBy(archives: ArchiveReceipt[]): Receipt['verified'] {
  const each = archives.map(({ verdicts }) => verdicts.filter(({ status }) => status === 'verified'))
  return each.every((verified) => verified.length > 0) ? each.flat().map(({ by, evidence }) => ({ by, evidence })) : []
}

interface Added {
  files: ManifestFile[]
  receipt: ArchiveReceipt
  download: string
}

/** One archive's way from its URL into the staged tree, with every verdict on it. */
async function addArchive(
  archive: Archive,
  tree: string,
  { release, archives }: Located,
  session: Session,
  verifiers: Loaded[],
  allowUnverified: boolean,
): Promise<Added> {
  const { io, report } = session
  const { directory, lock } = downloadsOf(session)
  const which = archives.length > 1 ? ` (${archive.name})` : ''
  const label = `${release.tool} ${release.version}${which}`
  const downloading = report.start(`download ${label}`, 'bytes')
  const fetched = await fetchArchive(archive, {
    directory,
    io,
    lock,
    progress: ({ done, total }) => downloading.update(done, total),
  }).finally(() => downloading.end())
  const measured: Measured = { digests: fetched.digests, size: fetched.size }
  try {
    const before = await judge('file', archive, release, measured, verifiers, session)
    const unpacking = report.start(`unpack ${label}`, 'files')
    const unpacked = await unpackArchive(fetched.path, archive, tree, {
      threads: availableParallelism(),
      progress: ({ done, total }) => unpacking.update(done, total),
    }).finally(() => unpacking.end())
    const contents = unpacked.contents
    const after = await judge('contents', archive, release, { ...measured, contents }, verifiers, session)
    const verdicts = [...before, ...after]
    conclude(archive, verdicts, allowUnverified)
    return {
      files: unpacked.files,
      download: fetched.path,
      receipt: {
        name: archive.name,
        url: fetched.url,
        size: fetched.size,
        sha256: measured.digests.sha256 ?? '',
        verdicts,
      },
    }
  } catch (error) {
    // What was refused must not be found again by the next try; after any other failure the download is still good.
    if (error instanceof GonativeError && error.exit === exitCodes.refused) await discardDownload(fetched.path)
    throw error
  }
}
