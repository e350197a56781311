/**
 * Warming: a graft's caches are filled before its first build. What the go command made is kept here and put into the
 * user's build cache by hard links, so that it can be exported, costs no room twice, and is back in a moment when the go
 * command, which deletes what nobody used for five days, has dropped it. An interrupted run goes on where it was.
 */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Release, Strategy } from '../contract/index.js'
import { GonativeError, messageOf } from '../errors.js'
import { atOnce } from '../io/at-once.js'
import { execEnvironment } from '../launch/environment.js'
import { sizeOf } from '../store/size.js'
import { platformOf, type GraftReceipt } from '../store/receipt.js'
import { inStaging } from '../store/staging.js'
import { parseTarget } from '../target/target.js'
import { variantEnv } from '../target/variants.js'
import type { Session } from '../install/session.js'
import { compile, countPackages, goSettings } from './compile.js'
import { goCacheEntries, shareGoCache } from './go-cache.js'
import { goCacheOf, readWarmRecord, writeWarmRecord, type WarmRecord } from '../store/warm-record.js'

export interface Warmed {
  target: string
  /** False when it had been warmed before: then its part of the user's build cache was only completed. */
  made: boolean
  bytes: number
}

/**
 * Warms grafts of a toolchain, as many at once as there are processors. One that fails doesn't stop the others.
 * @throws GonativeError WARM_FAILED naming all that failed.
 */
export async function warmGrafts(release: Release, grafts: GraftReceipt[], session: Session): Promise<Warmed[]> {
  const processors = availableParallelism()
  const workers = Math.min(processors, grafts.length)
  const parallel = Math.max(1, Math.floor(processors / Math.max(1, workers)))
  // What has its packages in the toolchain's tree has them compiled, and no C compiler to compile others.
  const waiting = grafts.filter(({ goroot }) => goroot === undefined)
  const warmed: Warmed[] = []
  const failed: { graft: GraftReceipt; error: unknown }[] = []
  await atOnce(workers, waiting, async (graft) => {
    try {
      warmed.push(await warmGraft(release, graft, parallel, session))
    } catch (error) {
      failed.push({ graft, error })
    }
  })
  if (failed.length === 0) return warmed
  const reasons = failed.map(({ graft, error }) => `\n${graft.target}: ${messageOf(error)}`).join('')
  throw new GonativeError('WARM_FAILED', `not warmed: ${failed.map(({ graft }) => graft.target).join(' ')}${reasons}`, {
    hint: 'Builds for them work all the same; the first one takes longer.',
  })
}

/** The lock under which a graft's caches are filled, replaced or deleted. */
export function warmLock({ id }: GraftReceipt): string {
  return `warm-${id}`
}

/** Two processes, or two toolchains that share a graft, take turns: the compiler's cache has races. */
async function warmGraft(release: Release, graft: GraftReceipt, parallel: number, session: Session): Promise<Warmed> {
  const name = warmLock(graft)
  return session.lock(name, () =>
    inStaging(session.layout, name, (directory) => warmIn(directory, { release, graft, parallel }, session)),
  )
}

async function warmIn(
  directory: string,
  { release, graft, parallel }: { release: Release; graft: GraftReceipt; parallel: number },
  session: Session,
): Promise<Warmed> {
  const { layout, io } = session
  const go = join(layout.toolchain(release), 'bin', 'go')
  const env = await targetEnvironment(release, graft, session)
  const user = await goSettings(go, env, io.cwd)
  const own = goCacheOf(layout, release, graft.id)
  const before = await readWarmRecord(layout, release, graft.id)
  if (before?.goflags.includes(user.goflags)) {
    await shareGoCache(own, await goCacheEntries(own), user.cache)
    return { target: graft.target, made: false, bytes: before.bytes.go + before.bytes.compiler }
  }
  const progress = session.report.start(`warm ${graft.target}`, 'packages')
  try {
    const total = await countPackages(go, env, directory)
    let done = 0
    const compiled = (): void => progress.update(++done, total)
    await compile({
      go,
      env,
      cache: own,
      goflags: user.goflags,
      directory: join(directory, 'warm'),
      parallel,
      compiled,
    })
  } finally {
    progress.end()
  }
  await trimCompilerCache(graft, session)
  const { bytes } = await markWarm(release, graft, [user.goflags], session)
  await shareGoCache(own, await goCacheEntries(own), user.cache)
  return { target: graft.target, made: true, bytes: bytes.go + bytes.compiler }
}

/** Records that a graft's caches are filled, for these GOFLAGS beside those that they were filled for before. */
export async function markWarm(
  release: Release,
  { id }: GraftReceipt,
  goflags: string[],
  { layout, io }: Session,
): Promise<WarmRecord> {
  const before = await readWarmRecord(layout, release, id)
  const record: WarmRecord = {
    schema: 1,
    goflags: [...new Set([...(before?.goflags ?? []), ...goflags])],
    bytes: { go: await sizeOf(goCacheOf(layout, release, id)), compiler: await sizeOf(layout.compilerCache(id)) },
    warmed: io.now().toISOString(),
  }
  await writeWarmRecord(layout, release, id, record)
  return record
}

/** What a build for the graft's target has in its environment. */
export async function targetEnvironment(
  { version }: Release,
  graft: GraftReceipt,
  { layout, io }: Session,
): Promise<Record<string, string>> {
  const target = parseTarget(graft.target)
  const variables = { GOOS: target.goos, GOARCH: target.goarch, ...variantEnv(target) }
  const envFile = platformOf(graft).replace('/', '-')
  return execEnvironment({ layout, version, env: io.env, target: variables, envFile })
}

/** Lets the graft's strategy delete from the compiler's cache what no build needs again. */
export async function trimCompilerCache(graft: GraftReceipt, session: Session): Promise<void> {
  const strategy = await strategyOf(graft, session)
  await strategy?.trim?.(session.layout.compilerCache(graft.id))
}

/** The strategy that made a graft, where a plugin still offers it. */
export async function strategyOf({ strategy }: GraftReceipt, session: Session): Promise<Strategy | undefined> {
  const { strategies } = await session.registry()
  return strategies.find(({ id }) => id === strategy)?.load()
}
