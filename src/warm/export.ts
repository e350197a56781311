/** Export: warmed grafts as one archive, for another machine or a CI's cache. */
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GonativeError } from '../errors.js'
import { digestsOfFile } from '../install/fetch/digests.js'
import type { Session } from '../install/session.js'
import { linkOrCopy } from '../store/link.js'
import { formatManifest, type ManifestFile } from '../store/manifest.js'
import type { GraftReceipt, Receipt } from '../store/receipt.js'
import { filesBelow } from '../store/size.js'
import { inStaging } from '../store/staging.js'
import { bundleFile, filesFile, type Bundle } from './bundle.js'
import { goCacheEntries } from './go-cache.js'
import { goCacheOf, readWarmRecord } from '../store/warm-record.js'
import { trimCompilerCache, warmGrafts } from './warm.js'

export interface Exported {
  file: string
  targets: string[]
  /** Bytes of the archive. */
  size: number
  /** Of the archive, lower case hexadecimal. */
  sha256: string
}

/**
 * Writes an archive of these grafts, warmed first where they aren't. An existing file is replaced, in one rename. Those of
 * which there is nothing to compile are left out, with a word.
 * @throws GonativeError NOTHING_TO_EXPORT, NO_DIRECTORY (usage), LINKED, WARM_FAILED
 */
export async function exportGrafts(
  receipt: Receipt,
  named: GraftReceipt[],
  file: string,
  session: Session,
): Promise<Exported> {
  if (!(await stat(dirname(file)).catch(() => undefined))?.isDirectory()) {
    throw new GonativeError('NO_DIRECTORY', `there is no directory ${dirname(file)}`, { exit: 'usage' })
  }
  if (receipt.linked !== undefined) {
    throw new GonativeError(
      'LINKED',
      `go ${receipt.version} is a link to ${receipt.linked}, which another machine cannot have`,
      {
        hint: 'Export the grafts of a version that gonative installed.',
      },
    )
  }
  const grafts = compiledHere(receipt, named, session)
  await warmGrafts(receipt, grafts, session)
  const lock = 'warm-export'
  return session.lock(lock, () =>
    inStaging(session.layout, lock, async (staging) => {
      await gather(staging, receipt, grafts, session)
      const part = `${file}.part`
      try {
        const { create } = await import('tar')
        // Without owners and times the same content is the same archive.
        const options = { file: part, cwd: staging, portable: true, mtime: new Date(0), gzip: { level: 6 } }
        await create(options, [bundleFile, filesFile, 'compiler', 'go'])
        await rename(part, file)
      } finally {
        await rm(part, { force: true })
      }
      const measured = await digestsOfFile(file, ['sha256'])
      const sha256 = measured.digests().sha256 ?? ''
      return { file, targets: grafts.map(({ target }) => target), size: measured.size, sha256 }
    }),
  )
}

/** What has its packages from a distribution compiles none, and has no compiler whose C library could travel. */
function compiledHere({ version }: Receipt, named: GraftReceipt[], { report }: Session): GraftReceipt[] {
  const from = named.filter(({ goroot }) => goroot !== undefined)
  if (from.length === 0) return named
  const targets = from.map(({ target }) => target).join(' ')
  const why = `the packages of ${targets} are those of their distributions: nothing is compiled that could be exported`
  if (from.length === named.length) {
    throw new GonativeError('NOTHING_TO_EXPORT', why, { hint: `There: gonative graft ${targets} --go ${version}` })
  }
  report.note(`left out: ${why}`)
  return named.filter((graft) => !from.includes(graft))
}

/** Puts together, by hard links, what goes into the archive. */
async function gather(staging: string, receipt: Receipt, grafts: GraftReceipt[], session: Session): Promise<void> {
  const { layout, io } = session
  const files: ManifestFile[] = []
  const bundled: Bundle['grafts'] = []
  for (const graft of grafts) {
    const { target, libc, sysroot, strategy, id, needs } = graft
    await trimCompilerCache(graft, session)
    const [compiler, go] = [layout.compilerCache(id), goCacheOf(layout, receipt, id)]
    for (const path of await filesBelow(compiler))
      files.push(await add(compiler, path, staging, `compiler/${id}/${path}`))
    for (const path of await goCacheEntries(go)) files.push(await add(go, path, staging, `go/${id}/${path}`))
    const goflags = (await readWarmRecord(layout, receipt, id))?.goflags ?? []
    const chosen = { ...(libc === undefined ? {} : { libc }), ...(sysroot === undefined ? {} : { sysroot }) }
    bundled.push({ target, ...chosen, strategy, id, needs, goflags })
  }
  const manifest = formatManifest(files)
  const bundle: Bundle = { schema: 1, host: io.host, go: receipt.version, grafts: bundled, files: manifest.sha256 }
  await mkdir(join(staging, 'compiler'), { recursive: true })
  await writeFile(join(staging, bundleFile), `${JSON.stringify(bundle, null, 2)}\n`)
  await writeFile(join(staging, filesFile), manifest.text)
}

async function add(from: string, path: string, staging: string, as: string): Promise<ManifestFile> {
  const to = join(staging, as)
  await mkdir(dirname(to), { recursive: true })
  await linkOrCopy(join(from, path), to)
  const measured = await digestsOfFile(to, ['sha256'])
  return { path: as, sha256: measured.digests().sha256 ?? '', size: measured.size, mode: 0o644 }
}
