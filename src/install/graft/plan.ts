/** Plan: what each strategy would do to make a target native, or why it can't. Nothing is downloaded or written. */
import type { Plan, Refusal, Release, Strategy, Target } from '../../contract/index.js'
import { GonativeError, messageOf } from '../../errors.js'
import type { Offer } from '../../registry/collect.js'
import { formatTarget } from '../../target/target.js'
import { releaseOf } from '../../store/linked.js'
import { readReceipt } from '../../store/receipt.js'
import type { Session } from '../session.js'
import { withParts, type Answer, type Planned } from './parts.js'

export interface Refused extends Refusal {
  offer: Offer<Strategy>
}

/** Every strategy's answer for a target, best first. `only` restricts to one strategy, by id. */
export async function planAll(
  release: Release,
  target: Target,
  session: Session,
  only?: string,
): Promise<(Planned | Refused)[]> {
  const { strategies } = await session.registry()
  const known = await releaseOf(session.layout, release)
  const linked = (await readReceipt(session.layout, release))?.linked
  if (only !== undefined && !strategies.some((offer) => offer.id === only)) {
    throw new GonativeError('STRATEGY_UNKNOWN', `there is no strategy '${only}'`, {
      exit: 'usage',
      hint: `Strategies: ${strategies.map((offer) => offer.id).join(', ')}.`,
    })
  }
  const ask = async (offer: Offer<Strategy>): Promise<Answer> => {
    const strategy = await offer.load()
    const answer = await asStrategy(offer, async (): Promise<Plan | Refusal> => {
      if (target.sysroot !== undefined && !strategy.look) return heedless(target.sysroot)
      const found = await strategy.look?.(target, session.contextOf(offer))
      const plan = strategy.plan(known, target, session.io.host, found)
      if ('distributions' in plan && linked !== undefined) return { refused: neverChanged(linked) }
      return 'refused' in plan || plan.target.sysroot === target.sysroot || target.sysroot === undefined
        ? plan
        : heedless(target.sysroot)
    })
    return 'refused' in answer ? { ...answer, offer } : { offer, strategy, plan: answer }
  }
  const askById = async (id: string): Promise<Answer | undefined> => {
    const offer = strategies.find((each) => each.id === id)
    return offer && ask(offer)
  }
  const askWithParts = async (offer: Offer<Strategy>): Promise<(Planned | Refused)[]> => {
    if (only === undefined && (await offer.load()).part) return []
    const answer = await ask(offer)
    return ['refused' in answer ? answer : await asStrategy(offer, () => withParts(answer, askById))]
  }
  const asked = strategies.filter(({ id }) => only === undefined || id === only)
  return (await Promise.all(asked.map(askWithParts))).flat()
}

/** What other distributions give belongs into the toolchain's tree, and a linked one's is not ours. */
function neverChanged(linked: string): string {
  return `it would have to write into ${linked}, which is a Go of yours`
}

/** A sysroot that the user names is used, or the strategy is not: never left out in silence. */
function heedless(sysroot: string): Refusal {
  return { refused: `it does not build with a sysroot of yours, and ${sysroot} was named` }
}

/** A target with every plan for it, the best first; at least one. */
export interface Wanted {
  target: Target
  plans: Planned[]
}

/**
 * The plans for a target.
 * @throws GonativeError GRAFT_IMPOSSIBLE with every strategy's reason.
 */
export async function planGraft(release: Release, target: Target, session: Session, only?: string): Promise<Wanted> {
  const answers = await planAll(release, target, session, only)
  const plans = answers.filter((answer) => 'plan' in answer)
  if (plans.length > 0) return { target, plans }
  const refusals = answers.filter((answer) => 'refused' in answer)
  const reasons = refusals.map(({ offer, refused, see }) => `\n  ${offer.id}: ${refused}${see ? ` (${see})` : ''}`)
  const remedies = refusals.flatMap(({ remedy }) => (remedy === undefined ? [] : [`${remedy}.`]))
  throw new GonativeError(
    'GRAFT_IMPOSSIBLE',
    `no strategy makes ${formatTarget(target)} native for ${release.tool} ${release.version}:${reasons.join('')}`,
    { hint: [...remedies, `'gonative targets --go ${release.version}' shows what is possible.`].join(' ') },
  )
}

/** What a strategy says, or an error with its plugin's name. */
export async function asStrategy<T>(offer: Offer<Strategy>, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof GonativeError) throw error
    const what = `the strategy '${offer.id}' of ${offer.plugin} failed: ${messageOf(error)}`
    throw new GonativeError('STRATEGY_FAILED', what, { hint: 'Take another with --strategy.', cause: error })
  }
}
