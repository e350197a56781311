/** What every command of ours is made of: `--json`, exit codes, and a session when it asks for one. */
import { Command, Flags } from '@oclif/core'
import { createIo } from '../io/node.js'
import type { Io } from '../io/io.js'
import type { Session } from '../install/session.js'
import { describe } from '../ui/failure.js'

/** `--go V`, for commands that act on a toolchain. */
export const goFlag = Flags.string({
  helpValue: '<version>',
  description: 'act on this Go version instead of the one in force here',
})

export abstract class GonativeCommand extends Command {
  static override enableJsonFlag = true

  protected readonly io: Io = createIo()

  /** The session: store, settings, plugins. Made only by commands that need it. */
  protected async session(): Promise<Session> {
    const { createSession } = await import('./session.js')
    return createSession(this.config, this.io)
  }

  /** With --json a failure is a document on standard output; else `main` says it on standard error. */
  protected override async catch(error: Error & { exitCode?: number }): Promise<unknown> {
    const failure = describe(error)
    if (!this.jsonEnabled() || failure.exit === 0) throw error
    process.exitCode = failure.exit
    this.logJson({ error: { code: failure.code, message: failure.message, hint: failure.hint } })
    return undefined
  }
}
