import { join } from 'node:path'
import { Args } from '@oclif/core'
import { goFlag, GonativeCommand } from '../cli/command.js'
import { homeOf } from '../cli/home.js'
import { versionFor } from '../cli/version.js'
import { GonativeError } from '../errors.js'
import { Layout } from '../store/layout.js'
import { isProgram } from '../store/linked.js'

export default class Which extends GonativeCommand {
  static override summary = 'Print the path of the program that would run'
  static override examples = [
    '<%= config.bin %> <%= command.id %> go',
    '<%= config.bin %> <%= command.id %> gofmt --go 1.22',
  ]
  static override args = { command: Args.string({ description: 'go or gofmt', default: 'go' }) }
  static override flags = { go: goFlag }

  async run(): Promise<{ command: string; version: string; path: string }> {
    const { args, flags } = await this.parse(Which)
    const layout = new Layout(homeOf(this.io))
    const version = await versionFor(flags.go, { io: this.io, layout })
    const path = join(layout.toolchain({ tool: 'go', version }), 'bin', args.command)
    const runs = /^[\w.+-]+$/.test(args.command) && (await isProgram(path))
    if (!runs) {
      throw new GonativeError('NO_SUCH_PROGRAM', `go ${version} has no program '${args.command}'`, {
        exit: 'missing',
        hint: 'A toolchain has go and gofmt; what go install made is in GOBIN.',
      })
    }
    this.log(path)
    return { command: args.command, version, path }
  }
}
