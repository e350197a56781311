/** The real world: the one place that reads `process`. */
import { isatty } from 'node:tty'
import { hostOf } from './host.js'
import { createHttp } from './http.js'
import type { Io } from './io.js'
import { run } from './process.js'

/** The world of this process, as it is now: its environment and directory are read once. */
export function createIo(): Io {
  const env = { ...process.env }
  const cwd = process.cwd()
  return {
    env,
    cwd,
    host: hostOf(process.platform, process.arch),
    http: createHttp(env),
    run: (command, args, options) => run(command, args, { ...options, env: { ...env, ...options?.env }, cwd }),
    now: () => new Date(),
    terminal: {
      stdout: isatty(1),
      stderr: isatty(2),
      columns: process.stderr.columns || 80,
    },
    note: (line) => process.stderr.write(`${line}\n`),
  }
}
