/** What a plugin is handed: the world outside and the shared checks, with a memory of its own. */
import type { Context, GoEnvironment, Settings, Trust } from '../contract/index.js'
import { UnreachableError } from '../errors.js'
import type { Io } from '../io/io.js'
import type { Layout } from '../store/layout.js'
import type { Lock } from '../store/lock.js'
import { memoryOf } from '../store/memory.js'

export interface ContextParts {
  io: Io
  layout: Layout
  lock: Lock
  settings: Settings
  go: GoEnvironment
  trust: Trust
}

/** The context of the offer with this id. */
export function contextFor(id: string, { io, layout, lock, settings, go, trust }: ContextParts): Context {
  return {
    env: io.env,
    host: io.host,
    http: io.http,
    settings,
    trust,
    go,
    memory: memoryOf(layout, id, lock),
    run: (command, args, options) => io.run(command, args, options),
    note: (line) => io.note(line),
    unreachable: (reason, cause) => new UnreachableError(reason, cause),
  }
}
