/** The plan of a build from source: the chain's steps, each with what it takes, found before anything is begun. */
import { locate, type Located } from '../install/locate.js'
import { newestOf } from '../install/resolve.js'
import type { Session } from '../install/session.js'
import { readReceipt, type Receipt } from '../store/receipt.js'
import type { Spec } from '../version/spec.js'
import { findAtHand, soundChain } from './at-hand.js'
import { needCCompiler } from './c-compiler.js'
import type { Given, Step } from './chain.js'
import { findSource } from './source-tree.js'

export interface PlanRequest {
  spec: Spec
  source?: string | undefined
  fromC: boolean
  allowUnverified: boolean
}

export type PlannedStep = Step & {
  /** Where its source or archive is; absent for what is there. */
  located?: Located
}

export interface SourcePlan {
  version: string
  /** It is in the store already: there is nothing to do. */
  there?: Receipt
  steps: PlannedStep[]
}

/**
 * Plans, and changes nothing.
 * @throws GonativeError NOT_FOUND (exit 5), UNREACHABLE (exit 4), NO_CHAIN, NO_C_COMPILER (exit 5)
 */
export async function planFromSource(request: PlanRequest, session: Session): Promise<SourcePlan> {
  const { spec, source } = request
  const version = await newestOf(spec, session, source)
  const there = await readReceipt(session.layout, { tool: 'go', version })
  if (there) return { version, there, steps: [] }
  const wanted = await findSource(version, session, source) // first: what doesn't exist needs no chain
  const atHand = await findAtHand(session, request.allowUnverified)
  const { fromC } = request
  return {
    version,
    steps: await locateAll(wanted, { atHand, fromC, host: session.io.host, mayInstall: true }, request, session),
  }
}

/** The chain with every archive found. A published one that can't be had is planned without. */
async function locateAll(
  wanted: Located,
  given: Given,
  request: PlanRequest,
  session: Session,
): Promise<PlannedStep[]> {
  const steps: PlannedStep[] = []
  const chain = await soundChain(wanted.release.version, given, session)
  for (const step of chain.steps) {
    if (step.do === 'have') {
      steps.push(step)
    } else if (step.do === 'install') {
      const { located } = await locate({ tool: 'go', version: step.version }, session, { only: request.source })
      if (!located) return locateAll(wanted, { ...chain.given, mayInstall: false }, request, session)
      steps.push({ ...step, located })
    } else {
      if (step.by === 'C') await needCCompiler(step.version, session)
      const last = step.version === wanted.release.version
      steps.push({ ...step, located: last ? wanted : await findSource(step.version, session, request.source) })
    }
  }
  return steps
}
