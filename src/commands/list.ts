import { GonativeCommand } from '../cli/command.js'
import { homeOf } from '../cli/home.js'
import { installedRows, showInstalled, type InstalledRow } from '../cli/installed.js'
import { Layout } from '../store/layout.js'

export default class List extends GonativeCommand {
  static override summary = 'List what is installed, with its origin, verification and grafts'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run(): Promise<InstalledRow[]> {
    await this.parse(List)
    const rows = await installedRows(new Layout(homeOf(this.io)))
    if (!this.jsonEnabled()) await showInstalled(rows)
    return rows
  }
}
