/** Holds what was made against what was published, and says in what it differs. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Host, Release } from '../../contract/index.js'
import { GonativeError } from '../../errors.js'
import { takeArchive } from '../../install/archive.js'
import { locate } from '../../install/locate.js'
import type { Session } from '../../install/session.js'
import { unpackArchive, type UnpackedFile } from '../../install/unpack.js'
import { loadVerifiers } from '../../install/verify.js'
import type { Difference } from '../../store/compare.js'
import type { ManifestFile } from '../../store/manifest.js'
import { measureTree } from '../../store/tree.js'
import { findSource, takeSource } from '../source-tree.js'
import { asInModule, firstDifference, isMade, type HashedFile } from './difference.js'
import { judgeMade, type Judged } from './judged.js'
import type { MadeArchives } from './made.js'
import { withoutSignature } from './unsigned.js'

export interface Comparison {
  made: MadeArchives
  release: Release
  host: Host
  /** A directory for what is unpacked. */
  staging: string
  /** Whether the source was the user's own. */
  own: boolean
  /** Where what was made is kept, for the error. */
  output: string | undefined
}

export interface Compared {
  archives: Judged[]
  /** What proves it, of the strongest verdict. */
  evidence: string
  /** Whether only signatures, which cannot be made again, keep it from being the same bit for bit. */
  unsigned: boolean
}

/** @returns besides, the files that were published, and made again. @throws GonativeError DIFFERS or NOT_COMPARED (exit 3) */
export async function compare(job: Comparison, session: Session): Promise<Compared & { files: HashedFile[] }> {
  const { made, release, host, staging } = job
  const unpacked = await unpackArchive(made.module.path, made.module.archive, join(staging, 'rebuilt'))
  const archives = await judgeMade(made, unpacked.contents, { release, host }, session)
  const verdicts = archives.flatMap((archive) => archive.verdicts)
  const rejected = verdicts.find(({ status }) => status === 'rejected')
  const verified = verdicts.find(({ status }) => status === 'verified')
  const { files } = unpacked
  if (verified && !rejected) return { archives, evidence: verified.evidence, unsigned: false, files }
  if (!rejected) throw notCompared(verdicts)
  const original = await takeOriginal(job, session)
  if (!original) throw differs(job, rejected.evidence, await withoutOriginal(job, files, session))
  const signed: string[] = []
  const first = await firstDifference(asInModule(original.files), asInModule(files), async (path) => {
    const same = await sameUnsigned(path, [original.tree, join(staging, 'rebuilt')])
    if (same) signed.push(path)
    return same
  })
  if (first) throw differs(job, rejected.evidence, `the first file that differs: ${said(first)}`)
  if (signed.length === 0)
    throw differs(job, rejected.evidence, 'every file is the same, but they are packed in another way')
  return { archives, evidence: `${original.evidence}, signatures taken off`, unsigned: true, files: original.files }
}

/** The published archive for the host, where a source has it. */
async function takeOriginal(
  { release, host, staging }: Comparison,
  session: Session,
): Promise<{ tree: string; files: ManifestFile[]; evidence: string } | undefined> {
  const { located } = await locate(release, session, { host })
  const [archive] = located?.archives ?? []
  if (!located || !archive) return undefined
  const tree = join(staging, 'original')
  const taking = { session, verifiers: await loadVerifiers(session), allowUnverified: false }
  const { files, receipt } = await takeArchive(archive, located, tree, taking)
  const evidence = receipt.verdicts.find(({ status }) => status === 'verified')?.evidence ?? ''
  return { tree, files, evidence }
}

/** What can be said without it: every archive of a release has the same sources. */
async function withoutOriginal(
  { release, host, staging, own }: Comparison,
  files: UnpackedFile[],
  session: Session,
): Promise<string> {
  if (own) {
    const tree = join(staging, 'published')
    await takeSource(await findSource(release.version, session), tree, session, false)
    const published = await measureTree(tree)
    const [there, here] = [published, files].map((list) => asInModule(list).filter(({ path }) => !isMade(path)))
    const first = await firstDifference(there ?? [], here ?? [])
    if (first) return `the first file that differs from the published source: ${said(first)}`
  }
  const signed =
    host.os === 'darwin' ? '; what is published for darwin is signed, and can only be compared with the original' : ''
  return `every source file is as published, what was compiled is not; in which file can't be said, since no source has the original for ${host.os}/${host.arch}${signed}`
}

async function sameUnsigned(path: string, trees: string[]): Promise<boolean> {
  if (!isMade(path)) return false
  const [one, other] = await Promise.all(trees.map(async (tree) => withoutSignature(await readFile(join(tree, path)))))
  return one !== undefined && other !== undefined && one.equals(other)
}

function said({ path, what }: Difference): string {
  return `${path} (${what})`
}

function differs({ release, host, own, output }: Comparison, evidence: string, first: string): GonativeError {
  const kept = output === undefined ? '' : ` What was made is in ${output}.`
  const report = `The Go project does the same for its releases: compare https://go.dev/rebuild.`
  return new GonativeError(
    'DIFFERS',
    `go ${release.version} for ${host.os}/${host.arch}, built here, is not what was published: ${first}\n  ${evidence}`,
    { exit: 'refused', hint: (own ? 'It was built from a source of your own.' : report) + kept },
  )
}

function notCompared(verdicts: Judged['verdicts']): GonativeError {
  const reasons = verdicts.map(({ by, evidence }) => `\n  ${by}: ${evidence}`).join('')
  return new GonativeError('NOT_COMPARED', `it was built, and there is no record to compare it with:${reasons}`, {
    exit: 'refused',
    hint: 'The checksum database has to be reachable, and not switched off by GOSUMDB or GONOSUMDB.',
  })
}
