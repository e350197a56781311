/**
 * Takes a Go over that another manager installed, as a copy. It is judged as an install is, by its contents: from a
 * toolchain module's files follows the hash that the checksum database has. What differs is refused, and can be linked.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Archive, Measured } from '../../contract/index.js'
import { GonativeError } from '../../errors.js'
import { Layout } from '../../store/layout.js'
import type { ManifestFile } from '../../store/manifest.js'
import { readReceipt, type Receipt } from '../../store/receipt.js'
import { inStaging, sweep } from '../../store/staging.js'
import { expose } from '../expose.js'
import { clearUnsealed, seal } from '../seal.js'
import type { Session } from '../session.js'
import { toolchainModule } from '../toolchain-module.js'
import { conclude, judge, loadVerifiers } from '../verify.js'
import { copyTree } from './copy-tree.js'
import type { Found } from './find.js'
import { firstDifference } from './first-difference.js'

export interface TakenOver {
  receipt: Receipt
  /** False when the version was in the store before. */
  made: boolean
}

/** @throws GonativeError REFUSED, UNVERIFIED or NOT_PLAIN (exit 3), with nothing of it in the store */
export async function copyVerified(found: Found, session: Session): Promise<TakenOver> {
  const { layout, lock } = session
  const release = { tool: 'go', version: found.version }
  const name = Layout.nameOf(release)
  await sweep(layout)
  const verifiers = await loadVerifiers(session)
  const taken = await lock(name, async (): Promise<TakenOver> => {
    const there = await readReceipt(layout, release)
    if (there) return { receipt: there, made: false }
    await clearUnsealed(layout, release, name)
    return inStaging(layout, name, async (staging) => {
      const tree = join(staging, 'tree')
      const copying = session.report.start(`copy go ${found.version}`, 'files')
      const files = await copyTree(found.directory, tree, found.own, (done, total) =>
        copying.update(done, total),
      ).finally(() => copying.end())
      const receipt = await judgeAndSeal(found, tree, files, session, verifiers)
      return { receipt, made: true }
    })
  })
  await expose(session, { defaultIfNone: found.version })
  return taken
}

async function judgeAndSeal(
  { manager, version, directory }: Found,
  tree: string,
  files: ManifestFile[],
  session: Session,
  verifiers: Awaited<ReturnType<typeof loadVerifiers>>,
): Promise<Receipt> {
  const { io, layout } = session
  const release = { tool: 'go', version }
  const module = toolchainModule(version, io.host)
  const archive: Archive = { name: directory, urls: [], format: 'zip', prefix: '', digests: [], module }
  const size = files.reduce((sum, file) => sum + file.size, 0)
  const measured: Measured = { digests: {}, size, contents: files.map((file) => asInModule(module, file)) }
  const verdicts = await judge('contents', archive, { release, host: io.host }, measured, verifiers, session).catch(
    async (error: unknown) => {
      if (!(error instanceof GonativeError) || error.code !== 'REFUSED') throw error
      throw await differs(error, release, files, tree, session)
    },
  )
  conclude(archive, verdicts, false)
  return seal(layout, tree, files, {
    ...release,
    host: io.host,
    installed: io.now().toISOString(),
    source: manager,
    archives: [{ name: directory, url: pathToFileURL(directory).href, size, sha256: '', verdicts }],
    verified: verdicts.filter(({ status }) => status === 'verified').map(({ by, evidence }) => ({ by, evidence })),
    grafts: [],
  })
}

/** A module's zip has each go.mod in it as _go.mod, so that it is one module (go.dev/ref/mod#zip-path-size-constraints). */
function asInModule({ path, version }: { path: string; version: string }, file: ManifestFile) {
  const name = file.path.replace(/(?<=^|\/)go\.mod$/, '_go.mod')
  return { name: `${path}@${version}/${name}`, sha256: file.sha256 }
}

async function differs(
  error: GonativeError,
  release: { tool: string; version: string },
  files: ManifestFile[],
  tree: string,
  session: Session,
): Promise<GonativeError> {
  const first = await firstDifference(release, files, tree, session).catch(() => undefined)
  const where = first === undefined ? '' : `; the first difference: ${first.what} ${first.path}`
  return new GonativeError('REFUSED', `${error.message}${where}`, { exit: 'refused', cause: error })
}
