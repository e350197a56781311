/**
 * Parts: strategies that make one graft together, because a platform has one graft in a toolchain. Up to Go 1.4, for
 * instance, compilers, generated files and packages each come from a strategy of their own.
 */
import type { Distribution, Plan, Refusal, Strategy } from '../../contract/index.js'
import type { Offer } from '../../registry/collect.js'

/** A strategy with its own plan. */
export interface Part {
  offer: Offer<Strategy>
  strategy: Strategy
  plan: Plan
}

/** What one strategy answers for a target. */
export type Answer = Part | (Refusal & { offer: Offer<Strategy> })

/** What would be done for a target: `plan` has what all the parts need and take over. */
export interface Planned extends Part {
  /** In the order in which they are carried out, the strategy itself last. */
  parts: Part[]
}

/**
 * A plan with those that it comes after.
 * @param ask plans another strategy for the same target, by its id; undefined where there is none
 * @returns or the refusal of one of them
 * @throws Error when a plan comes after one that itself comes after another
 */
export async function withParts(
  own: Part,
  ask: (id: string) => Promise<Answer | undefined>,
): Promise<Planned | (Refusal & { offer: Offer<Strategy> })> {
  const before: Part[] = []
  for (const id of own.plan.after ?? []) {
    const answer = await ask(id)
    if (answer === undefined)
      return { offer: own.offer, refused: `it needs the strategy ${id}, which no plugin offers` }
    if ('refused' in answer) return { ...answer, offer: own.offer, refused: `${id}: ${answer.refused}` }
    if (answer.plan.after !== undefined)
      throw new Error(`${id} itself comes after others: ${answer.plan.after.join(' ')}`)
    before.push(answer)
  }
  const parts = [...before, own]
  const plan = {
    ...own.plan,
    needs: parts.flatMap((part) => part.plan.needs).filter(firstOf(({ tool }) => tool)),
    distributions: merged(parts.flatMap((part) => part.plan.distributions ?? [])),
  }
  return { ...own, plan, parts }
}

/** Each distribution once, with all that is kept of it. */
function merged(distributions: Distribution[]): Distribution[] {
  return distributions.filter(firstOf(keyOf)).map((first) => {
    const same = distributions.filter((each) => keyOf(each) === keyOf(first))
    const unpublished = same.find((each) => each.unpublished !== undefined)?.unpublished
    const keep = [...new Set(same.flatMap((each) => each.keep))]
    return { ...first, keep, ...(unpublished === undefined ? {} : { unpublished }) }
  })
}

/** What a part is handed of what was unpacked for all: the directories of its own distributions, in their order. */
export function directoriesOf(part: Part, all: Distribution[], directories: string[]): string[] {
  return (part.plan.distributions ?? []).map((own) => {
    const directory = directories[all.findIndex((each) => keyOf(each) === keyOf(own))]
    if (directory === undefined) throw new Error(`nothing was unpacked for ${keyOf(own)}`)
    return directory
  })
}

function keyOf({ release: { tool, version }, host: { os, arch } }: Distribution): string {
  return `${tool} ${version} ${os}/${arch}`
}

function firstOf<T>(key: (each: T) => string): (each: T, at: number, all: T[]) => boolean {
  return (each, at, all) => all.findIndex((other) => key(other) === key(each)) === at
}
