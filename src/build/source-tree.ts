/**
 * A release's source as a tree that make.bash can run in: from the source archive where one can be had, else from any
 * distribution of the release, which holds it as well. Verified as installs are, before anything of it is run.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Host } from '../contract/index.js'
import { GonativeError } from '../errors.js'
import { takeArchive } from '../install/archive.js'
import { locate, locateSource, notLocated, type Located } from '../install/locate.js'
import type { Session } from '../install/session.js'
import { loadVerifiers } from '../install/verify.js'
import type { ArchiveReceipt } from '../store/receipt.js'

/** All but what a distribution has compiled. A toolchain module's zip has no api, doc, misc and test. */
export const sourceFiles = ['*', 'api/**', 'doc/**', 'include/**', 'lib/**', 'misc/**', 'src/**', 'test/**']

/** Hosts of which most releases have a distribution, for one of which this host's can't be had. */
const others: Host[] = [
  { os: 'linux', arch: 'amd64' },
  { os: 'linux', arch: 'arm64' },
  { os: 'darwin', arch: 'amd64' },
  { os: 'windows', arch: 'amd64' },
]

export interface SourceTree {
  /** The source's id. */
  source: string
  archives: ArchiveReceipt[]
  /** Where the archives lie; `discard` them when the work is done, unless `downloadsOf(session).keep`. */
  downloads: string[]
}

/**
 * Where a Go release's source can be had.
 * @param only the id of the one source to ask
 * @throws GonativeError NOT_FOUND (exit 5) or UNREACHABLE (exit 4), naming what each source said
 */
export async function findSource(version: string, session: Session, only?: string): Promise<Located> {
  const release = { tool: 'go', version }
  const answer = await locateSource(release, session, only)
  if (answer.located) return answer.located
  const { host } = session.io
  const { located, tried } = await locate(release, session, { only })
  if (located) return located
  const quiet = { ...session, report: { ...session.report, note: () => undefined } } // they were told of a moment ago
  for (const other of tried.some(({ reachable }) => reachable) ? others : []) {
    if (other.os === host.os && other.arch === host.arch) continue
    const answer = await locate(release, quiet, { only, host: other })
    if (answer.located) return answer.located
  }
  answer.tried.push(...tried)
  throw notLocated(`the source of go ${version}`, answer.tried)
}

/**
 * Downloads and verifies a release's source and unpacks it into `directory` (made when missing), ready for make.bash.
 * @param located what `findSource` found
 * @throws GonativeError with exit 3 when it is refused, 4 when it can't be had; the caller removes the directory
 */
export async function takeSource(
  located: Located,
  directory: string,
  session: Session,
  allowUnverified: boolean,
): Promise<SourceTree> {
  const taking = { session, verifiers: await loadVerifiers(session), allowUnverified, keep: sourceFiles }
  const tree: SourceTree = { source: located.source, archives: [], downloads: [] }
  for (const archive of located.archives) {
    const taken = await takeArchive(archive, located, directory, taking)
    tree.archives.push(taken.receipt)
    tree.downloads.push(taken.download)
  }
  await checkVersion(directory, located.release.version)
  return tree
}

/** An archive that nothing but its digest vouches for may be of another release: its VERSION says. */
async function checkVersion(directory: string, version: string): Promise<void> {
  const text = await readFile(join(directory, 'VERSION'), 'utf8').catch(() => '')
  const said = text.split(/\s/, 1)[0] ?? ''
  if (said === `go${version}`) return
  throw new GonativeError('WRONG_SOURCE', `what was served as the source of go ${version} says that it is "${said}"`, {
    exit: 'refused',
  })
}
