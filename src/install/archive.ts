/** One archive's way from its URL into a directory of staging, with every verdict on it. */
import { availableParallelism } from 'node:os'
import type { Archive, Measured } from '../contract/index.js'
import { exitCodes, GonativeError } from '../errors.js'
import type { ManifestFile } from '../store/manifest.js'
import type { ArchiveReceipt } from '../store/receipt.js'
import { discard, fetchArchive } from './fetch.js'
import type { Located } from './locate.js'
import { downloadsOf, type Session } from './session.js'
import { unpackArchive } from './unpack.js'
import { conclude, judge, withPublished, type Loaded } from './verify.js'

export interface Taking {
  session: Session
  verifiers: Loaded[]
  allowUnverified: boolean
  /** The files to unpack, as `Distribution.keep` has them; by default all. */
  keep?: string[]
}

export interface Taken {
  files: ManifestFile[]
  receipt: ArchiveReceipt
  /** Where the download is; it stays until its user is done. */
  download: string
}

/**
 * Fetches, judges and unpacks one of a located release's archives into `tree`.
 * @throws GonativeError with exit 3 when it is refused, 4 when it can't be had
 */
export async function takeArchive(given: Archive, located: Located, tree: string, taking: Taking): Promise<Taken> {
  const { session, verifiers, allowUnverified, keep } = taking
  const archive = withPublished(given, located.release, verifiers)
  const { io, report } = session
  const { directory, lock } = downloadsOf(session)
  const label = labelOf(archive, located, session)
  const downloading = report.start(`download ${label}`, 'bytes')
  const fetched = await fetchArchive(archive, {
    directory,
    io,
    lock,
    progress: ({ done, total }) => downloading.update(done, total),
  }).finally(() => downloading.end())
  const measured: Measured = { digests: fetched.digests, size: fetched.size }
  try {
    const before = await judge('file', archive, located, measured, verifiers, session)
    const unpacking = report.start(`unpack ${label}`, 'files')
    const unpacked = await unpackArchive(fetched.path, archive, tree, {
      threads: availableParallelism(),
      progress: ({ done, total }) => unpacking.update(done, total),
      ...(keep === undefined ? {} : { keep }),
    }).finally(() => unpacking.end())
    const contents = unpacked.contents
    const after = await judge('contents', archive, located, { ...measured, contents }, verifiers, session)
    const verdicts = [...before, ...after]
    conclude(archive, verdicts, allowUnverified)
    const { url, size } = fetched
    const receipt = { name: archive.name, url, size, sha256: measured.digests.sha256 ?? '', verdicts }
    return { files: unpacked.files, download: fetched.path, receipt }
  } catch (error) {
    // What was refused must not be found again by the next try; after any other failure the download is still good.
    if (error instanceof GonativeError && error.exit === exitCodes.refused) await discard(fetched.path)
    throw error
  }
}

/** `go 1.27.4`, with the host where it is another, and the archive where there are several. */
function labelOf({ name }: Archive, { release, host, archives }: Located, { io }: Session): string {
  const other = host.os === io.host.os && host.arch === io.host.arch ? '' : ` for ${host.os}/${host.arch}`
  const which = archives.length > 1 ? ` (${name})` : ''
  return `${release.tool} ${release.version}${other}${which}`
}
