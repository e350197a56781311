import { Flags } from '@oclif/core'
import { GonativeCommand } from '../cli/command.js'
import { homeOf } from '../cli/home.js'
import { decideHere } from '../cli/version.js'
import { detectShell, envScript, shells } from '../launch/shells.js'
import { Layout } from '../store/layout.js'

interface Env {
  home: string
  shims: string
  /** The Go in force here; null when there is none. */
  version: string | null
  goroot: string | null
}

export default class EnvCommand extends GonativeCommand {
  static override summary = 'Print what a shell evaluates to have the shims on PATH'
  static override examples = [
    'eval "$(<%= config.bin %> <%= command.id %>)"',
    '<%= config.bin %> <%= command.id %> --shell fish | source',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override flags = {
    shell: Flags.string({ options: [...shells], description: 'whose syntax; default: that of $SHELL' }),
  }

  async run(): Promise<Env> {
    const { flags } = await this.parse(EnvCommand)
    const layout = new Layout(homeOf(this.io))
    const shell = shells.find((name) => name === flags.shell) ?? detectShell(this.io.env) ?? 'bash'
    if (!this.jsonEnabled()) this.log(envScript(shell, layout).trimEnd())
    const decision = await decideHere({ io: this.io, layout })
    const version = decision?.installed === true ? (decision.version ?? null) : null
    const goroot = version === null ? null : layout.toolchain({ tool: 'go', version })
    return { home: layout.home, shims: layout.shims, version, goroot }
  }
}
