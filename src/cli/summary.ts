/** A receipt as `list` and `install` show it. */
import type { Receipt } from '../store/receipt.js'

export interface Summary {
  tool: string
  version: string
  source: string
  /** Empty for what was installed with --allow-unverified. */
  verified: { by: string; evidence: string }[]
  /** Targets, in the order they were grafted. */
  grafts: string[]
}

export function summarise({ tool, version, source, verified, grafts }: Receipt): Summary {
  return { tool, version, source, verified, grafts: grafts.map((graft) => graft.target) }
}
