/**
 * Import: an exported archive's caches become this store's. Toolchains and compiler wrappers are never taken from it:
 * they are installed and made here, as by `install` and `graft`, and must come out as the archive says.
 */
import { availableParallelism } from 'node:os'
import { mkdir, readFile, rename, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Archive, Target } from '../contract/index.js'
import { GonativeError, isSystemError } from '../errors.js'
import { digestsOfFile } from '../install/fetch/digests.js'
import { graftTargets } from '../install/graft/graft-targets.js'
import { install } from '../install/install.js'
import type { Session } from '../install/session.js'
import { unpackArchive } from '../install/unpack.js'
import { platformOf, readReceipt, type GraftReceipt, type Receipt } from '../store/receipt.js'
import { discard, inStaging } from '../store/staging.js'
import { parseTarget } from '../target/target.js'
import { bundleFile, checkFiles, damaged, filesFile, parseBundle, type Bundle, type BundledGraft } from './bundle.js'
import { compile, goSettings, type CompileRequest } from './compile.js'
import { goCacheEntries, shareGoCache } from './go-cache.js'
import { goCacheOf, readWarmRecord } from '../store/warm-record.js'
import { markWarm, strategyOf, targetEnvironment, warmLock } from './warm.js'

export interface ImportOptions {
  /** What the file must have, lower case hexadecimal. */
  sha256?: string | undefined
  allowUnverified: boolean
}

/**
 * @returns the toolchain's receipt, and the targets that are warm now.
 * @throws GonativeError GRAFT_DAMAGED, WRONG_DIGEST (exit 3), NO_SYSROOT (exit 5), OTHER_HOST, GRAFT_DIFFERS, and what
 * install throws
 */
export async function importGrafts(
  file: string,
  session: Session,
  options: ImportOptions,
): Promise<{ receipt: Receipt; targets: string[] }> {
  const lock = 'warm-import'
  return session.lock(lock, () =>
    inStaging(session.layout, lock, async (staging) => {
      const bundle = await unpackBundle(file, staging, session, options.sha256)
      for (const bundled of bundle.grafts) await checkSysroot(bundled)
      const receipt = await graftsAsIn(bundle, session, options.allowUnverified)
      for (const bundled of bundle.grafts) await adopt(bundled, staging, receipt, session)
      return { receipt, targets: bundle.grafts.map(({ target }) => target) }
    }),
  )
}

async function unpackBundle(file: string, staging: string, session: Session, sha256?: string): Promise<Bundle> {
  const name = basename(file)
  const measured = await digestsOfFile(file, ['sha256']).catch((error: unknown) => {
    if (!isSystemError(error, 'ENOENT', 'EISDIR')) throw error
    throw new GonativeError('NO_FILE', `there is no file ${file}`, { exit: 'missing', cause: error })
  })
  const found = measured.digests().sha256
  if (sha256 !== undefined && sha256.toLowerCase() !== found) {
    throw new GonativeError('WRONG_DIGEST', `${name} has the sha256 ${found ?? ''}, not ${sha256}`, { exit: 'refused' })
  }
  const archive: Archive = { name, urls: [], format: 'tar.gz', prefix: '', digests: [] }
  const { files } = await unpackArchive(file, archive, staging).catch((error: unknown) => {
    if (!(error instanceof GonativeError) || error.code !== 'CORRUPT_ARCHIVE') throw error
    throw damaged(`${name} is cut off, or is not what graft export wrote: ${error.message}`, error)
  })
  const read = (own: string): Promise<string> => readFile(join(staging, own), 'utf8').catch(() => '')
  const bundle = parseBundle(await read(bundleFile), name)
  checkFiles(bundle, await read(filesFile), files, name)
  const { os, arch } = session.io.host
  if (bundle.host.os === os && bundle.host.arch === arch) return bundle
  const theirs = `${bundle.host.os}/${bundle.host.arch}`
  throw new GonativeError(
    'OTHER_HOST',
    `${name} was made on ${theirs}, and its caches are for such machines; this is ${os}/${arch}`,
  )
}

/** An SDK or a sysroot is the user's own, and does not travel: it has to be where it was. */
async function checkSysroot({ target, sysroot }: BundledGraft): Promise<void> {
  if (sysroot === undefined) return
  const found = await stat(sysroot).catch(() => undefined)
  if (found?.isDirectory()) return
  throw new GonativeError(
    'NO_SYSROOT',
    `the archive's graft for ${target} was made with ${sysroot}, which is not here`,
    {
      exit: 'missing',
      hint: 'Put the same SDK or sysroot at the same path: Go knows what it has compiled by the compiler that its path is part of.',
    },
  )
}

/** The same grafts, made here. */
async function graftsAsIn(bundle: Bundle, session: Session, allowUnverified: boolean): Promise<Receipt> {
  const release = { tool: 'go', version: bundle.go }
  const spec = { kind: 'exact', version: bundle.go, text: bundle.go } as const
  const before =
    (await readReceipt(session.layout, release)) ??
    (await install({ spec, targets: 'none', allowUnverified }, session)).receipt
  const has = (graft: BundledGraft): boolean =>
    before.grafts.some(({ id, target }) => id === graft.id && target === graft.target)
  let receipt = before
  const missing = bundle.grafts.filter((graft) => !has(graft))
  // By the strategy that made them: here another one may come first.
  for (const strategy of new Set(missing.map((graft) => graft.strategy))) {
    const targets = missing.filter((graft) => graft.strategy === strategy).map(targetOf)
    receipt = (await graftTargets(receipt, targets, session, { strategy, allowUnverified })).receipt
  }
  for (const bundled of bundle.grafts) {
    const here = graftOf(receipt, bundled)
    if (here?.id === bundled.id) continue
    throw new GonativeError(
      'GRAFT_DIFFERS',
      `the archive's graft for ${bundled.target} is ${bundled.id}, and the one made here is ${here?.id ?? 'none'}`,
      {
        hint:
          bundled.sysroot === undefined
            ? 'It was exported by another version of gonative: use the same on both sides.'
            : `${bundled.sysroot} is not the same on both sides, or gonative isn't.`,
      },
    )
  }
  return receipt
}

function targetOf({ target, libc, sysroot }: BundledGraft): Target {
  return parseTarget(target, libc, sysroot)
}

function graftOf(receipt: Receipt, { target }: BundledGraft): GraftReceipt | undefined {
  return receipt.grafts.find((graft) => platformOf(graft) === platformOf({ target }))
}

/** Moves one graft's caches into place, and into the user's build cache. */
async function adopt(bundled: BundledGraft, staging: string, receipt: Receipt, session: Session): Promise<void> {
  const { layout, io } = session
  const graft = graftOf(receipt, bundled)
  if (!graft) return
  const lock = warmLock(graft)
  await session.lock(lock, async () => {
    const compiler = layout.compilerCache(graft.id)
    if (!(await readWarmRecord(layout, receipt, graft.id))) {
      await discard(layout, lock, compiler)
      await mkdir(dirname(compiler), { recursive: true })
      // A compiler that keeps nothing, an NDK's, has nothing in the archive.
      await rename(join(staging, 'compiler', graft.id), compiler).catch((error: unknown) => {
        if (!isSystemError(error, 'ENOENT')) throw error
      })
    }
    const [theirs, own] = [join(staging, 'go', graft.id), goCacheOf(layout, receipt, graft.id)]
    await shareGoCache(theirs, await goCacheEntries(theirs), own)
    const go = join(layout.toolchain(receipt), 'bin', 'go')
    const env = await targetEnvironment(receipt, graft, session)
    const strategy = await strategyOf(graft, session)
    if (strategy?.tiedToPath?.(targetOf(bundled))) {
      await linkOnce({ go, env, cache: own, goflags: bundled.goflags[0] ?? '' }, staging, graft, session)
    }
    await markWarm(receipt, graft, bundled.goflags, session)
    const user = await goSettings(go, env, io.cwd)
    await shareGoCache(own, await goCacheEntries(own), user.cache)
  })
}

/** What came from a store with another path, and is not found by its own, is made here by linking a program. */
async function linkOnce(
  build: Pick<CompileRequest, 'go' | 'env' | 'cache' | 'goflags'>,
  staging: string,
  { target, id }: GraftReceipt,
  { report }: Session,
): Promise<void> {
  const progress = report.start(`C library of ${target}`, 'packages')
  try {
    const directory = join(staging, 'link', id)
    await compile({ ...build, directory, parallel: availableParallelism(), compiled: () => undefined })
  } finally {
    progress.end()
  }
}
