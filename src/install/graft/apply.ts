/**
 * Graft: makes a target native for a toolchain, as a strategy has planned it. The core installs and unpacks what the plan
 * names, hands the strategy an empty directory in staging, and moves the result to `grafts/<id>`, where the id comes from
 * what is in the files. So equal grafts are shared, and whatever changes a build's output changes the compiler command in
 * its cache key.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Grafted, Plan, Refusal, Site, Tool, Toolchain } from '../../contract/index.js'
import { GonativeError, isSystemError } from '../../errors.js'
import { formatManifest } from '../../store/manifest.js'
import { readReceipt, type GraftReceipt, type Receipt } from '../../store/receipt.js'
import { toolchainOf } from '../../store/installed.js'
import { inStaging } from '../../store/staging.js'
import { measureTree, regularFiles } from '../../store/tree.js'
import { formatTarget } from '../../target/target.js'
import { variantEnv } from '../../target/variants.js'
import type { Session } from '../session.js'
import { discardDownloads, takeDistributions } from './distributions.js'
import { directoriesOf, type Part, type Planned } from './parts.js'
import { asStrategy } from './plan.js'

/** The lock under which grafts, and the compilers that they need, are added or collected. */
export const graftsLock = 'grafts'

/**
 * Makes a planned graft, needs first in the store. What belongs into the toolchain's tree is laid there by the caller, who
 * holds the grafts lock.
 * @param toolchain what is grafted; its path may still be in staging.
 * @throws GonativeError GRAFT_REFUSED, or with exit 4 or 5 when a distribution can't be had
 */
export async function applyGraft(
  planned: Planned,
  toolchain: Toolchain,
  session: Session,
  allowUnverified: boolean,
): Promise<GraftReceipt> {
  const { layout, io } = session
  const { offer, plan, parts } = planned
  const needs = await needsOf(plan, session)
  return inStaging(layout, graftsLock, async (staging) => {
    const taken = await takeDistributions(plan, staging, session, allowUnverified)
    const directory = join(staging, 'graft')
    await mkdir(directory)
    const site = { directory, toolchain, needs, distributions: taken.map((each) => each.directory) }
    const grafted = await applyParts(planned, site, session)
    const goroot = await writeGorootManifest(directory)
    const id = `${plan.name}-${await hashOfTree(directory)}`
    await mkdir(join(layout.home, 'grafts'), { recursive: true })
    await rename(directory, layout.graft(id)).catch((error: unknown) => {
      // There already: the same id has the same content.
      if (!isSystemError(error, 'ENOTEMPTY', 'EEXIST')) throw error
    })
    await discardDownloads(taken, session)
    const { libc, sysroot, ...target } = plan.target
    return {
      target: formatTarget(target),
      ...(libc === undefined ? {} : { libc }),
      ...(sysroot === undefined ? {} : { sysroot }),
      strategy: offer.id,
      ...(parts.length === 1 ? {} : { parts: parts.map((part) => part.offer.id) }),
      ...(grafted.withoutCgo === undefined ? {} : { withoutCgo: grafted.withoutCgo }),
      id,
      needs: Object.values(needs).map(({ tool, version }) => ({ tool, version })),
      env: fillIn({ ...variantEnv(target), ...grafted.env }, id),
      installed: io.now().toISOString(),
      ...(taken.length === 0 ? {} : { distributions: taken.map(({ receipt }) => receipt) }),
      ...(goroot === undefined ? {} : { goroot }),
    }
  })
}

/** Carries out the parts of a plan, one after the other; what a later one says of a build goes. @throws GRAFT_REFUSED */
async function applyParts({ plan, parts }: Planned, site: Site, session: Session): Promise<Grafted> {
  let all: Grafted = { env: {} }
  for (const part of parts) {
    const distributions = directoriesOf(part, plan.distributions ?? [], site.distributions)
    const grafted = await asStrategy(part.offer, () =>
      part.strategy.apply(part.plan, { ...site, distributions }, session.contextOf(part.offer)),
    )
    if ('refused' in grafted) throw refusedBy(part, grafted)
    all = { ...grafted, env: { ...all.env, ...grafted.env } }
  }
  return all
}

function refusedBy({ offer, plan }: Part, { refused, remedy, see }: Refusal): GonativeError {
  const what = `${offer.id} does not make ${formatTarget(plan.target)} native: ${refused}${see ? ` (${see})` : ''}`
  return new GonativeError('GRAFT_REFUSED', what, { hint: remedy === undefined ? undefined : `${remedy}.` })
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

/** What the strategy has written for the toolchain's tree, as a manifest beside it; undefined when that is nothing. */
async function writeGorootManifest(directory: string): Promise<Receipt['files'] | undefined> {
  const goroot = join(directory, 'goroot')
  const files = existsSync(goroot) ? await measureTree(goroot) : []
  if (files.length === 0) return undefined
  const { text, sha256 } = formatManifest(files)
  await writeFile(join(directory, 'goroot.files'), text)
  return { count: files.length, bytes: files.reduce((sum, file) => sum + file.size, 0), sha256 }
}

/** The first 8 hex digits of a hash over names and contents: enough to tell a user's few grafts apart. */
async function hashOfTree(directory: string): Promise<string> {
  const hash = createHash('sha256')
  for (const path of await regularFiles(directory)) {
    const content = await readFile(path)
    hash.update(`${path.slice(directory.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex').slice(0, 8)
}
