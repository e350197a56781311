/** Ensure: a release is in the store, made at most once however many processes want it at the same moment. */
import type { Plan, Toolchain } from '../contract/index.js'
import { Layout } from '../store/layout.js'
import { toolchainOf } from '../store/installed.js'
import { readReceipt, type Receipt } from '../store/receipt.js'
import { build, type BuildOptions } from './build.js'
import { installedOf } from './graft/apply.js'
import { locate, notLocated, type Located, type Tried } from './locate.js'
import type { Wanted } from './graft/plan.js'
import type { Session } from './session.js'

export type EnsureOptions = Pick<BuildOptions, 'allowUnverified' | 'take' | 'finish'>

/**
 * Installs a located release unless it is there; whoever comes second waits, and finds it done.
 * @returns its receipt, and whether it was this call that made it.
 */
export async function ensure(
  located: Located,
  session: Session,
  options: EnsureOptions,
): Promise<{ receipt: Receipt; made: boolean }> {
  const lockName = Layout.nameOf(located.release)
  return session.lock(lockName, async () => {
    const there = await readReceipt(session.layout, located.release)
    if (there) return { receipt: there, made: false }
    return { receipt: await build(located, session, { ...options, lockName }), made: true }
  })
}

/** Installs what a plan needs: of each tool the first version that is there, else the first that a source has. */
export async function ensureNeeds(plan: Plan, session: Session, allowUnverified: boolean): Promise<Toolchain[]> {
  return Promise.all(
    plan.needs.map(async ({ tool, versions }) => {
      const there = await installedOf(tool, versions, session)
      if (there) return there
      const located = await locateFirst(tool, versions, session)
      const { receipt, made } = await ensure(located, session, { allowUnverified })
      if (made) session.report.note(`installed ${tool} ${receipt.version} from ${receipt.source}`)
      return toolchainOf(session.layout, receipt)
    }),
  )
}

/** Installs what targets with a single plan need, each once; of several plans the first may do, and needs another thing. */
export async function ensureOnlyNeeds(wanted: Wanted[], session: Session, allowUnverified: boolean): Promise<void> {
  for (const { plans } of wanted) {
    const [only] = plans
    if (only && plans.length === 1) await ensureNeeds(only.plan, session, allowUnverified)
  }
}

/** The first of some versions that any source has. @throws GonativeError UNREACHABLE, or NOT_FOUND. */
async function locateFirst(tool: string, versions: string[], session: Session): Promise<Located> {
  const tried: Tried[] = []
  for (const version of versions) {
    const answer = await locate({ tool, version }, session)
    if (answer.located) return answer.located
    tried.push(...answer.tried)
  }
  throw notLocated(`${tool} ${versions.join(' or ')}`, tried)
}
