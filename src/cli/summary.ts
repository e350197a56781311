/** A receipt as `list` and `install` show it. */
import type { DoneStep } from '../build/from-source.js'
import type { BuiltReceipt, GraftReceipt, Receipt } from '../store/receipt.js'
import { alike } from '../target/alike.js'

export interface Summary {
  tool: string
  version: string
  source: string
  /** Of what was built here from source; null for what was installed as published. */
  built: BuiltReceipt | null
  /** Empty for what was installed, or has a graft that was made, with --allow-unverified. */
  verified: { by: string; evidence: string }[]
  /** Targets, in the order they were grafted. */
  grafts: string[]
  /** Of an install from source: what was done, in order. */
  steps?: DoneStep[]
}

export function summarise({ tool, version, source, built, verified, grafts }: Receipt): Summary {
  const taken = grafts.flatMap(({ distributions = [] }) => distributions.flatMap(({ archives }) => archives))
  const doubtful = taken.some(({ verdicts }) => !verdicts.some(({ status }) => status === 'verified'))
  const targets = grafts.map((graft) => graft.target)
  return { tool, version, source, built: built ?? null, verified: doubtful ? [] : verified, grafts: targets }
}

/** `cgo for linux/386; no cgo, and no native resolver, for darwin/amd64: …`; empty for no grafts. */
export function describeGrafts(grafts: Pick<GraftReceipt, 'target' | 'withoutCgo'>[]): string {
  const names = (some: typeof grafts): string => some.map(({ target }) => target).join(' ')
  const groups = alike(grafts, ({ withoutCgo }) => withoutCgo)
  const native = groups.filter(([reason]) => reason === undefined)
  const others = groups.filter(([reason]) => reason !== undefined)
  return [
    ...native.map(([, some]) => `cgo for ${names(some)}`),
    ...others.map(([reason, some]) => `no cgo, and no native resolver, for ${names(some)}: ${reason ?? ''}`),
  ].join('; ')
}
