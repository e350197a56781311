/** Programs of the system that tests compare with. */
import type { TestContext } from 'vitest'
import { onPath } from '../../scripts/runners.mjs'

/** Skips the test, with the reason, where one of these is missing; in CI that is a failure instead. */
export function toolsOrSkip(context: TestContext, ...names: string[]): void {
  const missing = names.filter((name) => !onPath(name))
  if (missing.length === 0) return
  if (process.env.CI === 'true') throw new Error(`cannot be skipped in CI: needs ${missing.join(', ')}`)
  context.skip(`needs ${missing.join(', ')}`)
}
