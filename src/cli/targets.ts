/** Targets as arguments name them. */
import type { Target } from '../contract/index.js'
import { GonativeError } from '../errors.js'
import { platformOf, type GraftReceipt, type Receipt } from '../store/receipt.js'
import { parseTarget } from '../target/target.js'

/** Reads targets, with a C library and a sysroot (absolute) for all where they were asked for. @throws GonativeError (usage). */
export function parseTargets(texts: string[], libc?: string, sysroot?: string): Target[] {
  return texts.map((text) => parseTarget(text.trim(), libc, sysroot))
}

/** A toolchain's grafts for the platforms of these targets, of whatever variant or C library. */
export function graftsFor(receipt: Receipt, targets: Target[]): GraftReceipt[] {
  const names = new Set(targets.map(platform))
  return receipt.grafts.filter((graft) => names.has(platformOf(graft)))
}

/**
 * A toolchain's grafts that arguments name, each once; all of them when none is named.
 * @throws GonativeError NOT_GRAFTED (exit 5), or what parseTargets throws.
 */
export function graftsNamed(receipt: Receipt, texts: string[]): GraftReceipt[] {
  const targets = parseTargets(texts)
  const names = new Set(targets.map(platform))
  const grafts = targets.length === 0 ? receipt.grafts : graftsFor(receipt, targets)
  const missing = [...names].filter((name) => !grafts.some((graft) => platformOf(graft) === name))
  if (missing.length === 0 && grafts.length > 0) return grafts
  const what = missing.length > 0 ? missing.join(' ') : 'any target'
  throw new GonativeError('NOT_GRAFTED', `go ${receipt.version} has no graft for ${what}`, {
    exit: 'missing',
    hint: `gonative graft ${missing.length > 0 ? missing.join(' ') : 'linux/arm64'}`,
  })
}

function platform({ goos, goarch }: Target): string {
  return `${goos}/${goarch}`
}
