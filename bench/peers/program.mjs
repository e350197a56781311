// Running a peer's own commands while it is set up.
import { spawnSync } from 'node:child_process'

/** @returns what it printed, trimmed. @throws Error with its first words when it fails */
export function ask(command, env, cwd) {
  const [program, ...args] = command
  const ran = spawnSync(program, args, { env, cwd, encoding: 'utf8', timeout: 180_000 })
  if (ran.status !== 0) throw new Error(`${command.join(' ')}: ${(ran.error?.message ?? ran.stderr).trim()}`)
  return ran.stdout.trim()
}
