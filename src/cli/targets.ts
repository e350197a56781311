/** Targets as arguments name them. */
import type { Target } from '../contract/index.js'
import { GonativeError } from '../errors.js'
import { platformOf, type GraftReceipt, type Receipt } from '../store/receipt.js'
import { formatTarget, parseTarget } from '../target/target.js'

/** Reads targets, with a C library and a sysroot (absolute) for all where they were asked for. @throws GonativeError (usage). */
export function parseTargets(texts: string[], libc?: string, sysroot?: string): Target[] {
  return texts.map((text) => parseTarget(text.trim(), libc, sysroot))
}

/**
 * A toolchain's grafts that arguments name, each once; all of them when none is named.
 * @throws GonativeError NOT_GRAFTED (exit 5), or what parseTargets throws.
 */
export function graftsNamed(receipt: Receipt, texts: string[]): GraftReceipt[] {
  const names = new Set(parseTargets(texts).map((target) => platformOf({ target: formatTarget(target) })))
  const grafts = receipt.grafts.filter((graft) => names.size === 0 || names.has(platformOf(graft)))
  const missing = [...names].filter((name) => !grafts.some((graft) => platformOf(graft) === name))
  if (missing.length === 0 && grafts.length > 0) return grafts
  const what = missing.length > 0 ? missing.join(' ') : 'any target'
  throw new GonativeError('NOT_GRAFTED', `go ${receipt.version} has no graft for ${what}`, {
    exit: 'missing',
    hint: `gonative graft ${missing.length > 0 ? missing.join(' ') : 'linux/arm64'}`,
  })
}
