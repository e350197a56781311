/** Makes what was planned, target by target: by the best plan that can be carried out. */
import type { Toolchain } from '../../contract/index.js'
import { exitCodes, GonativeError } from '../../errors.js'
import type { GraftReceipt, MissingGraft } from '../../store/receipt.js'
import { formatTarget } from '../../target/target.js'
import { alike } from '../../target/alike.js'
import { ensureNeeds } from '../ensure.js'
import type { Session } from '../session.js'
import { applyGraft } from './apply.js'
import type { Wanted } from './plan.js'

export interface MadeGrafts {
  made: GraftReceipt[]
  missing: (MissingGraft & { error: GonativeError })[]
}

/**
 * Makes the grafts of all targets for which that can be done. The caller holds the grafts lock.
 * @throws GonativeError when an archive is refused: never taken for one that is missing
 */
export async function makeGrafts(
  wanted: Wanted[],
  toolchain: Toolchain,
  session: Session,
  allowUnverified: boolean,
): Promise<MadeGrafts> {
  const result: MadeGrafts = { made: [], missing: [] }
  for (const each of wanted) {
    const outcome = await makeGraft(each, toolchain, session, allowUnverified)
    if ('id' in outcome) result.made.push(outcome)
    else result.missing.push({ target: formatTarget(each.target), reason: outcome.message, error: outcome })
  }
  return result
}

/** One target's graft, or why no plan could be carried out. */
async function makeGraft(
  { target, plans }: Wanted,
  toolchain: Toolchain,
  session: Session,
  allowUnverified: boolean,
): Promise<GraftReceipt | GonativeError> {
  const errors: GonativeError[] = []
  for (const [at, planned] of plans.entries()) {
    try {
      await ensureNeeds(planned.plan, session, allowUnverified)
      return await applyGraft(planned, toolchain, session, allowUnverified)
    } catch (error) {
      if (!(error instanceof GonativeError) || !givesWay(error)) throw error
      errors.push(error)
      const next = plans[at + 1]
      if (next) session.report.note(`${formatTarget(target)}: ${error.message}; taking ${next.offer.id}`)
    }
  }
  const last = errors.at(-1) ?? new GonativeError('GRAFT_IMPOSSIBLE', 'no strategy has a plan')
  if (errors.length <= 1) return last
  const message = errors.map((error) => error.message).join('; ')
  return new GonativeError(last.code, message, { hint: last.hint, cause: last })
}

/** Whether the next plan may be tried: what can't be had, or a strategy's own no. */
export function givesWay({ code, exit }: GonativeError): boolean {
  return code === 'GRAFT_REFUSED' || exit === exitCodes.unreachable || exit === exitCodes.missing
}

/** What was not asked for by name and could not be grafted, in one line: targets that share a reason together. */
export function leftOut(missing: MissingGraft[]): string {
  const groups = alike(missing, ({ target, reason }) => {
    const [first = ''] = reason.split('\n')
    return first.replace(/:$/, '').replaceAll(target, 'it')
  })
  const reasons = groups.map(([why, some]) => `${some.map(({ target }) => target).join(' ')}: ${why}`)
  return `left out ${reasons.join('; ')}`
}

/** Some targets have no graft now, after all else was done. @throws GonativeError GRAFTS_MISSING (exit 1) */
export function refuseMissing(version: string, missing: MissingGraft[]): void {
  if (missing.length === 0) return
  const reasons = missing.map(({ target, reason }) => `\n  ${target}: ${reason}`).join('')
  const names = missing.map(({ target }) => target).join(' ')
  throw new GonativeError('GRAFTS_MISSING', `go ${version} has no graft for:${reasons}`, {
    hint: `What was missing can be in a directory or server that GONATIVE_MIRROR names; then: gonative graft ${names} --go ${version}`,
  })
}
