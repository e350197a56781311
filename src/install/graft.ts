/**
 * Graft: makes targets native for a toolchain. A strategy plans; the core installs what the plan needs, hands the
 * strategy an empty directory in staging, and moves the result to `grafts/<id>`, where the id comes from what is in
 * the files. So equal grafts are shared, and whatever changes a build's output changes the compiler command in its
 * cache key.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plan, Refusal, Release, Strategy, Target, Tool, Toolchain } from '../contract/index.js'
import { GonativeError, isSystemError, messageOf } from '../errors.js'
import type { Offer } from '../registry/collect.js'
import { readReceipt, type GraftReceipt } from '../store/receipt.js'
import { toolchainOf } from '../store/installed.js'
import { releaseOf } from '../store/linked.js'
import { inStaging } from '../store/staging.js'
import { formatTarget } from '../target/target.js'
import { variantEnv } from '../target/variants.js'
import type { Session } from './session.js'

export interface Planned {
  offer: Offer<Strategy>
  strategy: Strategy
  plan: Plan
}

export interface Refused extends Refusal {
  offer: Offer<Strategy>
}

/** The lock under which grafts, and the compilers that they need, are added or collected. */
export const graftsLock = 'grafts'

/** Every strategy's answer for a target, best first. `only` restricts to one strategy, by id. */
export async function planAll(
  release: Release,
  target: Target,
  session: Session,
  only?: string,
): Promise<(Planned | Refused)[]> {
  const { strategies } = await session.registry()
  const known = await releaseOf(session.layout, release)
  if (only !== undefined && !strategies.some((offer) => offer.id === only)) {
    throw new GonativeError('STRATEGY_UNKNOWN', `there is no strategy '${only}'`, {
      exit: 'usage',
      hint: `Strategies: ${strategies.map((offer) => offer.id).join(', ')}.`,
    })
  }
  const asked = strategies.filter((offer) => only === undefined || offer.id === only)
  return Promise.all(
    asked.map(async (offer) => {
      const strategy = await offer.load()
      const answer = await asStrategy(offer, async (): Promise<Plan | Refusal> => {
        if (target.sysroot !== undefined && !strategy.look) return heedless(target.sysroot)
        const found = await strategy.look?.(target, session.contextOf(offer))
        const plan = strategy.plan(known, target, session.io.host, found)
        return 'refused' in plan || plan.target.sysroot === target.sysroot || target.sysroot === undefined
          ? plan
          : heedless(target.sysroot)
      })
      return 'refused' in answer ? { ...answer, offer } : { offer, strategy, plan: answer }
    }),
  )
}

/** A sysroot that the user names is used, or the strategy is not: never left out in silence. */
function heedless(sysroot: string): Refusal {
  return { refused: `it does not build with a sysroot of yours, and ${sysroot} was named` }
}

/**
 * The best plan for a target.
 * @throws GonativeError GRAFT_IMPOSSIBLE with every strategy's reason.
 */
export async function planGraft(release: Release, target: Target, session: Session, only?: string): Promise<Planned> {
  const answers = await planAll(release, target, session, only)
  for (const answer of answers) if ('plan' in answer) return answer
  const refusals = answers.filter((answer) => 'refused' in answer)
  const reasons = refusals.map(({ offer, refused, see }) => `\n  ${offer.id}: ${refused}${see ? ` (${see})` : ''}`)
  const remedies = refusals.flatMap(({ remedy }) => (remedy === undefined ? [] : [`${remedy}.`]))
  throw new GonativeError(
    'GRAFT_IMPOSSIBLE',
    `no strategy makes ${formatTarget(target)} native for ${release.tool} ${release.version}:${reasons.join('')}`,
    { hint: [...remedies, `'gonative targets --go ${release.version}' shows what is possible.`].join(' ') },
  )
}

/**
 * Makes planned grafts, needs first in the store. The caller holds the grafts lock.
 * @param toolchain what is grafted; its path may still be in staging.
 */
export async function applyGraft(planned: Planned, toolchain: Toolchain, session: Session): Promise<GraftReceipt> {
  const { layout, io } = session
  const { offer, strategy, plan } = planned
  const needs = await needsOf(plan, session)
  return inStaging(layout, graftsLock, async (staging) => {
    const directory = join(staging, 'graft')
    await mkdir(directory)
    const site = { directory, toolchain, needs }
    const grafted = await asStrategy(offer, () => strategy.apply(plan, site, session.contextOf(offer)))
    const id = `${plan.name}-${await hashOfTree(directory)}`
    await mkdir(join(layout.home, 'grafts'), { recursive: true })
    await rename(directory, layout.graft(id)).catch((error: unknown) => {
      // There already: the same id has the same content.
      if (!isSystemError(error, 'ENOTEMPTY', 'EEXIST')) throw error
    })
    const { libc, sysroot, ...target } = plan.target
    return {
      target: formatTarget(target),
      ...(libc === undefined ? {} : { libc }),
      ...(sysroot === undefined ? {} : { sysroot }),
      strategy: offer.id,
      id,
      needs: Object.values(needs).map(({ tool, version }) => ({ tool, version })),
      env: fillIn({ ...variantEnv(target), ...grafted.env }, id),
      installed: io.now().toISOString(),
    }
  })
}

/** What a strategy says, or an error with its plugin's name. */
async function asStrategy<T>(offer: Offer<Strategy>, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof GonativeError) throw error
    const what = `the strategy '${offer.id}' of ${offer.plugin} failed: ${messageOf(error)}`
    throw new GonativeError('STRATEGY_FAILED', what, { hint: 'Take another with --strategy.', cause: error })
  }
}

/** The release of each needed tool that is in the store. */
async function needsOf(plan: Plan, session: Session): Promise<Record<Tool, Toolchain>> {
  const entries = await Promise.all(
    plan.needs.map(async ({ tool, versions }) => {
      const found = await installedOf(tool, versions, session)
      if (!found) throw new Error(`${tool} was collected while a graft waited for it`)
      return [tool, found] as const
    }),
  )
  return Object.fromEntries(entries)
}

/** The first of some versions that is installed. */
export async function installedOf(tool: Tool, versions: string[], { layout }: Session): Promise<Toolchain | undefined> {
  for (const version of versions) {
    if (await readReceipt(layout, { tool, version })) return toolchainOf(layout, { tool, version })
  }
  return undefined
}

/** Env values with `{graft}` filled in. A value is one line: that is what the shims read. */
function fillIn(env: Record<string, string>, id: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => {
      if (!/^[A-Z_][A-Z0-9_]*$/.test(name) || value.includes('\n')) {
        throw new Error(`not a variable for an env file: ${JSON.stringify({ name, value })}`)
      }
      return [name, value.replaceAll('{graft}', id)]
    }),
  )
}

/** The first 8 hex digits of a hash over names and contents: enough to tell a user's few grafts apart. */
async function hashOfTree(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const hash = createHash('sha256')
  for (const path of paths.sort()) {
    const content = await readFile(path)
    hash.update(`${path.slice(directory.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex').slice(0, 8)
}
