/** How the program ends when something was thrown: the right words, on the right stream, and the exit code. */
import { describe, render } from '../ui/failure.js'

/** Says what was thrown, as a document on standard output with `json`, and sets the exit code. */
export function end(error: unknown, json: boolean): void {
  const failure = describe(error)
  process.exitCode = failure.exit
  if (failure.exit === 0) return // oclif's --help and --version end this way
  const { code, message, hint } = failure
  if (json) process.stdout.write(`${JSON.stringify({ error: { code, message, hint } }, null, 2)}\n`)
  else process.stderr.write(render(failure))
  if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
}
