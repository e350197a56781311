import { delimiter, join } from 'node:path'
import { Flags } from '@oclif/core'
import { GonativeCommand } from '../cli/command.js'
import { homeOf, selfOf } from '../cli/home.js'
import { decideHere } from '../cli/version.js'
import { onCdScript } from '../launch/on-cd.js'
import { writeShims } from '../launch/shims.js'
import { detectShell, envScript, shells } from '../launch/shells.js'
import { Layout } from '../store/layout.js'
import { checkLinked } from '../store/linked.js'

interface Env {
  home: string
  shims: string
  /** The Go in force here; null when there is none, or it is not installed. */
  version: string | null
  goroot: string | null
  /** The go program of that version, for an editor that wants a path: it has no grafts, and is right for this directory alone. */
  go: string | null
  /** The go that is right in every directory, with the compilers of its targets. */
  shim: string
  /** What an editor's process needs; GOROOT is not among them, since a go finds its own and would be misled. */
  variables: { PATH: string }
}

export default class EnvCommand extends GonativeCommand {
  static override summary = 'Print what a shell evaluates to have Go on PATH'
  static override description =
    'By default the shims, which decide at every call. With --use-on-cd no shims but the bin directory of the Go in force, changed when the directory does; grafted targets then take gonative exec. With --json, what an editor needs to know.'
  static override examples = [
    'eval "$(<%= config.bin %> <%= command.id %>)"',
    'eval "$(<%= config.bin %> <%= command.id %> --use-on-cd)"',
    '<%= config.bin %> <%= command.id %> --shell fish --use-on-cd | source',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override flags = {
    shell: Flags.string({ options: [...shells], description: 'whose syntax; default: that of $SHELL' }),
    'use-on-cd': Flags.boolean({ description: 'no shims: the Go in force itself, switched with the directory' }),
  }

  async run(): Promise<Env | undefined> {
    const { flags } = await this.parse(EnvCommand)
    const layout = new Layout(homeOf(this.io))
    if (this.jsonEnabled()) return this.forEditors(layout, flags['use-on-cd'])
    const shell = shells.find((name) => name === flags.shell) ?? detectShell(this.io.env) ?? 'bash'
    const script = flags['use-on-cd'] ? onCdScript : envScript
    // The hook asks the launcher, which is there from the first install or setup on.
    if (flags['use-on-cd']) await writeShims(layout, selfOf(this.config.root), this.io.host)
    this.log(script(shell, layout).trimEnd())
    return undefined
  }

  private async forEditors(layout: Layout, itself: boolean): Promise<Env> {
    const decision = await decideHere({ io: this.io, layout })
    const version = decision?.installed === true ? (decision.version ?? null) : null
    if (version !== null) await checkLinked(layout, version)
    const goroot = version === null ? null : layout.toolchain({ tool: 'go', version })
    const { home, shims } = layout
    const first = itself && goroot !== null ? join(goroot, 'bin') : shims
    const others = (this.io.env.PATH ?? '').split(delimiter).filter((entry) => entry !== '' && entry !== first)
    return {
      home,
      shims,
      version,
      goroot,
      go: goroot === null ? null : join(goroot, 'bin', 'go'),
      shim: join(shims, 'go'),
      variables: { PATH: [first, ...others].join(delimiter) },
    }
  }
}
