/** Tests that run what was built for other machines. */
import type { TestContext } from 'vitest'
import { runnerFor } from '../../scripts/runners.mjs'

/**
 * The command to put before a Linux program for this GOARCH. Where there is none the test is skipped with the reason;
 * in CI, where everything is meant to be there, that is a failure instead.
 */
export function runnerOrSkip(goarch: string, context: TestContext): string[] {
  const runner = runnerFor(goarch)
  if ('command' in runner) return runner.command
  if (process.env.CI === 'true') throw new Error(`cannot be skipped in CI: linux/${goarch} needs ${runner.missing}`)
  return context.skip(`linux/${goarch} needs ${runner.missing}`)
}
