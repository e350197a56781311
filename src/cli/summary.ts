/** A receipt as `list` and `install` show it. */
import type { Receipt } from '../store/receipt.js'

export interface Summary {
  tool: string
  version: string
  source: string
  /** Empty for what was installed, or has a graft that was made, with --allow-unverified. */
  verified: { by: string; evidence: string }[]
  /** Targets, in the order they were grafted. */
  grafts: string[]
}

export function summarise({ tool, version, source, verified, grafts }: Receipt): Summary {
  const taken = grafts.flatMap(({ distributions = [] }) => distributions.flatMap(({ archives }) => archives))
  const doubtful = taken.some(({ verdicts }) => !verdicts.some(({ status }) => status === 'verified'))
  return { tool, version, source, verified: doubtful ? [] : verified, grafts: grafts.map((graft) => graft.target) }
}
