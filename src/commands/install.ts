import { Args, Flags } from '@oclif/core'
import { GonativeCommand } from '../cli/command.js'
import type { InstallRequest } from '../install/install.js'
import { summarise, type Summary } from '../cli/summary.js'
import type { MissingGraft, Receipt } from '../store/receipt.js'

export default class Install extends GonativeCommand {
  static override summary = 'Install Go versions, verified, with their cross targets'
  static override description =
    'Finds each version at the sources, downloads it, checks it against what its publisher published, and grafts the targets for which cgo will work. The newest patch is taken for 1.27, the newest release for latest, what the project here asks for with go.mod. Nothing changes in the store unless all of it succeeds.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 1.27',
    '<%= config.bin %> <%= command.id %> latest 1.22.12',
    '<%= config.bin %> <%= command.id %> go.mod --targets linux/arm64,windows/amd64',
    '<%= config.bin %> <%= command.id %> 1.4.3 --bare --source goproxy',
  ]
  static override strict = false
  static override args = {
    version: Args.string({ description: '1.27.4, 1.27, latest or go.mod; several may follow', required: true }),
  }
  static override flags = {
    targets: Flags.string({
      helpValue: 'all|<target>,…',
      default: 'all',
      description: 'the targets to graft: all that a strategy serves, or these',
    }),
    bare: Flags.boolean({ description: 'install Go alone, without grafts', exclusive: ['targets'] }),
    source: Flags.string({ helpValue: '<id>', description: 'take it from this source only' }),
    strategy: Flags.string({ helpValue: '<id>', description: 'graft with this strategy only' }),
    warm: Flags.boolean({
      description: 'compile the standard library and the C libraries of its targets now, not at the first build',
      exclusive: ['bare'],
    }),
    'allow-unverified': Flags.boolean({
      description: 'install even when nothing vouches for it (never when something speaks against it)',
    }),
  }

  async run(): Promise<Summary[]> {
    const { argv, flags } = await this.parse(Install)
    const [{ install }, { refuseMissing }, { readSpec }, { graftsFor, parseTargets }] = await Promise.all([
      import('../install/install.js'),
      import('../install/make-grafts.js'),
      import('../cli/version.js'),
      import('../cli/targets.js'),
    ])
    const session = await this.session()
    const targets: InstallRequest['targets'] = flags.bare
      ? 'none'
      : flags.targets === 'all'
        ? 'default'
        : parseTargets(flags.targets.split(','))
    // Every argument is read before the first is acted on.
    const specs = await Promise.all((argv as string[]).map((text) => readSpec(text, session)))
    const done: Summary[] = []
    const lacking: [version: string, missing: MissingGraft[]][] = []
    for (const spec of specs) {
      const request = { spec, targets, allowUnverified: flags['allow-unverified'] }
      const { receipt, made, missing } = await install(
        { ...request, source: flags.source, strategy: flags.strategy },
        session,
      )
      this.log(sentence(receipt, made, summarise(receipt)))
      if (flags.warm) {
        const { showWarming } = await import('../cli/warm.js')
        const grafts = Array.isArray(targets) ? graftsFor(receipt, targets) : receipt.grafts
        await showWarming(receipt, grafts, session, (line) => this.log(line))
      }
      done.push(summarise(receipt))
      lacking.push([receipt.version, missing])
    }
    this.adviseSetup(session.layout.shims)
    for (const [version, missing] of lacking) refuseMissing(version, missing)
    return done
  }

  /** Said once, where it is needed: without the shims on PATH nothing of this has an effect. */
  private adviseSetup(shims: string): void {
    const onPath = (this.io.env.PATH ?? '').split(':').includes(shims)
    if (!onPath) this.logToStderr(`To use it everywhere, put the shims on PATH: gonative setup`)
  }
}

function sentence({ version, linked }: Receipt, made: boolean, { verified, grafts, source }: Summary): string {
  const targets = grafts.length > 0 ? `, cgo for ${grafts.join(' ')}` : ''
  if (linked !== undefined) {
    return `go ${version} is there as a link to ${linked}; to have it installed and verified: gonative uninstall ${version}, and again`
  }
  if (!made) return `go ${version} is installed already${targets}`
  const trust = verified.length > 0 ? `verified by ${verified.map(({ by }) => by).join(', ')}` : 'UNVERIFIED'
  return `installed go ${version} from ${source}, ${trust}${targets}`
}
