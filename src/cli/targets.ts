/** Targets as arguments name them. */
import type { Target } from '../contract/index.js'
import { parseTarget } from '../target/target.js'

/** Reads targets, with a C library for all of them where one was asked for. @throws GonativeError (usage). */
export function parseTargets(texts: string[], libc?: string): Target[] {
  return texts.map((text) => parseTarget(text.trim(), libc))
}
