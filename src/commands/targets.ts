import { Flags } from '@oclif/core'
import { goFlag, GonativeCommand } from '../cli/command.js'
import { targetsOf, type TargetRow } from '../install/targets.js'

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
    if (!this.jsonEnabled()) this.log(await show(version, rows))
    return rows
  }
}

async function show(version: string, rows: TargetRow[]): Promise<string> {
  const { table } = await import('../ui/table.js')
  const lines = await table(
    ['TARGET', 'CLASS', 'CGO', 'STRATEGY', 'LIBC', 'GRAFTED', 'NOTE'],
    rows.map((row) => [
      row.target,
      row.firstClass ? 'first' : '',
      row.cgo ? 'yes' : 'no',
      row.strategy ?? '',
      row.libc ?? '',
      row.grafted ? 'yes' : '',
      row.reason ?? '',
    ]),
  )
  return `go ${version}\n${lines}`
}
