import { Flags } from '@oclif/core'
import { goFlag, GonativeCommand } from '../cli/command.js'
import { targetsOf, type TargetRow } from '../install/graft/targets.js'

export default class Targets extends GonativeCommand {
  static override summary = 'Show every target of a Go version: what is grafted, what could be, and why not'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --go 1.22.12 --grafted',
  ]
  static override flags = { go: goFlag, grafted: Flags.boolean({ description: 'only the targets with a graft' }) }

  async run(): Promise<TargetRow[]> {
    const { flags } = await this.parse(Targets)
    const session = await this.session()
    const { versionFor } = await import('../cli/version.js')
    const version = await versionFor(flags.go, session)
    const rows = (await targetsOf({ tool: 'go', version }, session)).filter((row) => row.grafted || !flags.grafted)
    if (this.jsonEnabled()) return rows
    const { showTargets } = await import('../cli/show-targets.js')
    this.log(await showTargets(version, rows, this.io.terminal.columns))
    return rows
  }
}
