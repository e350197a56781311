/** `install --from-source`: shows the plan, then follows it. */
import { planFromSource, type PlannedStep, type PlanRequest, type SourcePlan } from '../build/plan.js'
import type { DoneStep } from '../build/from-source.js'
import type { InstallRequest, Installed } from '../install/install.js'
import type { Session } from '../install/session.js'
import type { Receipt } from '../store/receipt.js'
import { table } from '../ui/table.js'

/** A plan as `--dry-run` prints it. */
export interface ShownPlan {
  version: string
  /** It is in the store: there is nothing to do. */
  installed: boolean
  steps: ShownStep[]
}

interface ShownStep {
  version: string
  /** `have`: it is there; `install`: as published; `build`: from source. */
  do: PlannedStep['do']
  /** What compiles it: a version of Go, or `C`; null for what is not built. */
  by: string | null
  /** Whether it is a build that is kept, and no toolchain. */
  kept: boolean
  /** The source's id, and the archive; null for what is there. */
  source: string | null
  archive: string | null
}

export function shownPlan({ version, there, steps }: SourcePlan): ShownPlan {
  return {
    version,
    installed: there !== undefined,
    steps: steps.map((step, at) => ({
      version: step.version,
      do: step.do,
      by: step.do === 'build' ? step.by : null,
      kept: step.do === 'have' ? step.kept : step.do === 'build' && at < steps.length - 1,
      source: step.located?.source ?? null,
      archive: step.located?.archives.map(({ name }) => name).join(' ') ?? null,
    })),
  }
}

/** A plan as lines of a table; one sentence when there is nothing to do. */
export function planTable(plan: SourcePlan): string {
  const { there } = plan
  if (there) return alreadyThere(there)
  const rows = shownPlan(plan).steps.map((step, at) => [
    `${at + 1}`,
    step.version,
    wordsOf(step),
    step.archive === null ? '' : `${step.archive} (${step.source ?? ''})`,
  ])
  return table(['STEP', 'GO', 'HOW', 'FROM'], rows)
}

function wordsOf({ do: what, by, kept }: ShownStep): string {
  if (what === 'have') return kept ? 'built before' : 'installed already'
  if (what === 'install') return 'installed as published, to compile with'
  return `compiled by ${by === 'C' ? 'a C compiler' : `go ${by ?? ''}`}${kept ? ', and kept' : ''}`
}

/** Why nothing is built of what is installed. */
export function alreadyThere({ version, built, linked, source }: Receipt): string {
  if (built) return `go ${version} is installed already, built with ${built.with}`
  const how = linked === undefined ? `as published, from ${source}` : `as a link to ${linked}`
  return `go ${version} is installed already, ${how}; to have it built from source: gonative uninstall ${version}, and again`
}

/** Plans, shows the plan, and follows it. */
export async function planAndFollow(
  request: PlanRequest & Omit<InstallRequest, 'spec' | 'source' | 'from'>,
  session: Session,
): Promise<Installed & { steps: DoneStep[] }> {
  const plan = await planFromSource(request, session)
  if (!plan.there) session.report.note(planTable(plan))
  const { installFromSource } = await import('../build/from-source.js')
  const { targets, strategy, allowUnverified } = request
  return installFromSource(plan, { targets, strategy, allowUnverified }, session)
}
