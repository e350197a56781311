import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Args, Flags } from '@oclif/core'
import { GonativeCommand } from '../cli/command.js'
import { decideHere, makeDefault, readInstalled, readSpec } from '../cli/version.js'
import { GonativeError, isSystemError, messageOf } from '../errors.js'
import type { Session } from '../install/session.js'
import { checkLinked } from '../store/linked.js'
import { replaceFile } from '../store/receipt.js'
import { withPin } from '../version/pin-file.js'
import { describeOrigin, reasonOf } from '../version/project.js'

interface Used {
  version: string
  scope: 'default' | 'local' | 'project'
  /** The file that was written, for --local. */
  file: string | null
}

export default class Use extends GonativeCommand {
  static override summary = 'Choose the Go version: the default, or one for this directory'
  static override description =
    'With a version: makes it the default for this user, or with --local pins it here in .go-version. Without: what the project files here ask for, installed first when it is missing.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 1.27.4',
    '<%= config.bin %> <%= command.id %> 1.22 --local',
    '<%= config.bin %> <%= command.id %> --yes',
  ]
  static override args = { version: Args.string({ description: 'an installed version, or a line of them' }) }
  static override flags = {
    local: Flags.boolean({ description: 'write it to .go-version in this directory' }),
    yes: Flags.boolean({ char: 'y', description: 'install what is missing without asking' }),
  }

  async run(): Promise<Used> {
    const { args, flags } = await this.parse(Use)
    const session = await this.session()
    if (args.version === undefined) {
      if (flags.local)
        throw new GonativeError('USAGE', '--local wants a version', {
          exit: 'usage',
          hint: 'gonative use 1.27.4 --local',
        })
      return this.project(session, flags.yes)
    }
    const version = await this.installed(args.version, session, flags.yes)
    await checkLinked(session.layout, version)
    if (flags.local) {
      const text = /^(go)?\d+\.\d+$/.test(args.version) ? args.version.replace(/^go/, '') : version
      const file = await this.pin(text)
      this.log(`go ${text} here, by ${file}`)
      await this.sayWhenShadowed(version, session, file)
      return { version, scope: 'local', file }
    }
    const { expose } = await import('../install/expose.js')
    await makeDefault(version, session.layout)
    await expose(session)
    this.log(`go ${version} is the default`)
    await this.sayWhenShadowed(version, session)
    return { version, scope: 'default', file: null }
  }

  /** What the project files here ask for. */
  private async project(session: Session, yes: boolean): Promise<Used> {
    const decision = await decideHere({ io: this.io, layout: session.layout })
    if (!decision || decision.from.kind === 'default') {
      const inForce = decision?.version === undefined ? '' : `; the default, go ${decision.version}, is in force`
      throw new GonativeError('NO_PROJECT', `nothing here asks for a Go version${inForce}`, {
        exit: 'missing',
        hint: "Name one: gonative use <version>. 'gonative list' shows what is installed.",
      })
    }
    const { installed, version: there } = decision
    if (installed && there !== undefined) {
      await checkLinked(session.layout, there)
      this.log(`go ${there}: ${reasonOf(decision)}`)
      return { version: there, scope: 'project', file: null }
    }
    const because = ` (asked for by ${describeOrigin(decision.from)})`
    const version = await this.install(decision.wanted, session, yes, because)
    this.log(`go ${version} is installed${because}`)
    return { version, scope: 'project', file: null }
  }

  private async installed(text: string, session: Session, yes: boolean): Promise<string> {
    try {
      return await readInstalled(text, session)
    } catch (error) {
      const missing = error instanceof GonativeError && error.code === 'NOT_INSTALLED'
      if (!missing || (!yes && !this.canAsk())) throw error
      return this.install(text, session, yes, '')
    }
  }

  private async install(text: string, session: Session, yes: boolean, because: string): Promise<string> {
    if (!yes && !(this.canAsk() && (await this.ask(`go ${text} is not installed${because}. Install it?`)))) {
      throw new GonativeError('NOT_INSTALLED', `go ${text} is not installed${because}`, {
        exit: 'missing',
        hint: `gonative install ${text}, or gonative use --yes`,
      })
    }
    const { install } = await import('../install/install.js')
    const spec = await readSpec(text, session)
    const { receipt } = await install({ spec, targets: 'default', allowUnverified: false }, session)
    return receipt.version
  }

  private canAsk(): boolean {
    return process.stdin.isTTY && this.io.terminal.stderr && !this.jsonEnabled()
  }

  private async ask(question: string): Promise<boolean> {
    const { createInterface } = await import('node:readline/promises')
    const terminal = createInterface({ input: process.stdin, output: process.stderr })
    const answer = await terminal.question(`${question} [Y/n] `).finally(() => terminal.close())
    return /^(y(es)?)?$/i.test(answer.trim())
  }

  /** Writes `.go-version` here. @returns its path */
  private async pin(text: string): Promise<string> {
    const file = join(this.io.cwd, '.go-version')
    try {
      const before = await readFile(file, 'utf8').catch((error: unknown) => {
        if (isSystemError(error, 'ENOENT')) return undefined
        throw error
      })
      await replaceFile(file, withPin(before, text))
    } catch (error) {
      throw new GonativeError('NOT_WRITTEN', `${file} cannot be written: ${messageOf(error)}`, { cause: error })
    }
    return file
  }

  /** A choice that something here overrules would otherwise look like a command without an effect. */
  private async sayWhenShadowed(version: string, session: Session, written?: string): Promise<void> {
    const decision = await decideHere({ io: this.io, layout: session.layout }).catch(() => undefined)
    if (!decision || decision.from.kind === 'default' || decision.version === version) return
    if ('file' in decision.from && decision.from.file === written) return
    this.logToStderr(`Here go ${decision.wanted} stays in force: ${describeOrigin(decision.from)} asks for it.`)
  }
}
