import { Args, Flags } from '@oclif/core'
import type { PlanRequest } from '../build/plan.js'
import { GonativeCommand } from '../cli/command.js'
import type { ShownPlan } from '../cli/from-source.js'
import type { DoneStep } from '../build/from-source.js'
import type { Installed, InstallRequest } from '../install/install.js'
import type { Session } from '../install/session.js'
import { describeGrafts, summarise, type Summary } from '../cli/summary.js'
import type { MissingGraft, Receipt } from '../store/receipt.js'
import type { Spec } from '../version/spec.js'

export default class Install extends GonativeCommand {
  static override summary = 'Install Go versions, verified, with their cross targets'
  static override description =
    'Finds each version at the sources, downloads it, checks it against what its publisher published, and grafts the targets for which cgo will work. The newest patch is taken for 1.27, the newest release for latest, what the project here asks for with go.mod. Nothing changes in the store unless all of it succeeds.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 1.27',
    '<%= config.bin %> <%= command.id %> latest 1.22.12',
    '<%= config.bin %> <%= command.id %> go.mod --targets linux/arm64,windows/amd64',
    '<%= config.bin %> <%= command.id %> 1.4.3 --bare --source goproxy',
    '<%= config.bin %> <%= command.id %> 1.22.12 --from-source --from-c --dry-run',
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
    'from-source': Flags.boolean({
      description: 'build it from its source, with the newest Go in the store that can compile it',
    }),
    'from-c': Flags.boolean({
      description: 'build all that compiles it too, from the last Go that was written in C',
      dependsOn: ['from-source'],
    }),
    'dry-run': Flags.boolean({ description: 'show the steps of --from-source and end', dependsOn: ['from-source'] }),
    'allow-unverified': Flags.boolean({
      description: 'install even when nothing vouches for it (never when something speaks against it)',
    }),
  }

  async run(): Promise<(Summary | ShownPlan)[]> {
    const { argv, flags } = await this.parse(Install)
    const [{ install }, { refuseMissing }, { readSpec }, { graftsFor, parseTargets }] = await Promise.all([
      import('../install/install.js'),
      import('../install/graft/make.js'),
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
    const asked = { source: flags.source, allowUnverified: flags['allow-unverified'], fromC: flags['from-c'] }
    if (flags['dry-run']) return this.plan(specs, asked, session)
    const done: Summary[] = []
    const lacking: [version: string, missing: MissingGraft[]][] = []
    for (const spec of specs) {
      const request = { ...asked, spec, targets, strategy: flags.strategy }
      const fromSource = flags['from-source'] ? await import('../cli/from-source.js') : undefined
      const installed: Installed & { steps?: DoneStep[] } = await (fromSource?.planAndFollow ?? install)(
        request,
        session,
      )
      const { receipt, made, missing } = installed
      this.log(!made && fromSource ? fromSource.alreadyThere(receipt) : sentence(receipt, made, summarise(receipt)))
      if (flags.warm) {
        const { showWarming } = await import('../cli/warm.js')
        const grafts = Array.isArray(targets) ? graftsFor(receipt, targets) : receipt.grafts
        await showWarming(receipt, grafts, session, (line) => this.log(line))
      }
      done.push({ ...summarise(receipt), ...(installed.steps === undefined ? {} : { steps: installed.steps }) })
      lacking.push([receipt.version, missing])
    }
    this.adviseSetup(session.layout.shims)
    for (const [version, missing] of lacking) refuseMissing(version, missing)
    return done
  }

  /** `--dry-run`: what would be done, and nothing else. */
  private async plan(specs: Spec[], asked: Omit<PlanRequest, 'spec'>, session: Session): Promise<ShownPlan[]> {
    const [{ planFromSource }, { planTable, shownPlan }] = await Promise.all([
      import('../build/plan.js'),
      import('../cli/from-source.js'),
    ])
    const shown: ShownPlan[] = []
    for (const spec of specs) {
      const plan = await planFromSource({ ...asked, spec }, session)
      this.log(planTable(plan))
      shown.push(shownPlan(plan))
    }
    return shown
  }

  /** Said once, where it is needed: without the shims on PATH nothing of this has an effect. */
  private adviseSetup(shims: string): void {
    const onPath = (this.io.env.PATH ?? '').split(':').includes(shims)
    if (!onPath) this.logToStderr(`To use it everywhere, put the shims on PATH: gonative setup`)
  }
}

function sentence({ version, linked, grafts }: Receipt, made: boolean, { verified, source, built }: Summary): string {
  const targets = grafts.length > 0 ? `, ${describeGrafts(grafts)}` : ''
  if (linked !== undefined) {
    return `go ${version} is there as a link to ${linked}; to have it installed and verified: gonative uninstall ${version}, and again`
  }
  if (!made) return `go ${version} is installed already${targets}`
  const trust = verified.length > 0 ? `verified by ${verified.map(({ by }) => by).join(', ')}` : 'UNVERIFIED'
  if (built) {
    return `built go ${version} from source with ${built.with} in ${built.seconds} s, its source ${trust}${targets}`
  }
  return `installed go ${version} from ${source}, ${trust}${targets}`
}
