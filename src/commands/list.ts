import { GonativeCommand } from '../cli/command.js'
import { homeOf } from '../cli/home.js'
import { summarise, type Summary } from '../cli/summary.js'
import { openConfig } from '../store/config.js'
import { installedReceipts } from '../store/installed.js'
import { Layout } from '../store/layout.js'
import { orderVersions } from '../version/spec.js'

type Row = Summary & { path: string; default: boolean }

export default class List extends GonativeCommand {
  static override summary = 'List what is installed, with its origin, verification and grafts'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run(): Promise<Row[]> {
    await this.parse(List)
    const layout = new Layout(homeOf(this.io))
    const rows = await rowsOf(layout)
    if (this.jsonEnabled()) return rows
    if (rows.length === 0)
      this.logToStderr(`Nothing is installed yet. 'gonative install latest' installs the newest Go.`)
    else this.log(await show(rows))
    return rows
  }
}

/** Go newest first, then the compilers. */
async function rowsOf(layout: Layout): Promise<Row[]> {
  const receipts = [...(await installedReceipts(layout, 'go')), ...(await installedReceipts(layout, 'compilers'))]
  const chosen = (await openConfig(layout)).read().default
  const tools = [...new Set(receipts.map(({ tool }) => tool))]
  const ordered = await Promise.all(
    tools.map(async (tool) => {
      const own = receipts.filter((receipt) => receipt.tool === tool)
      const versions = orderVersions(
        tool,
        own.map(({ version }) => version),
      ).reverse()
      return versions.flatMap((version) => own.filter((receipt) => receipt.version === version))
    }),
  )
  return ordered.flat().map((receipt) => ({
    ...summarise(receipt),
    path: layout.toolchain(receipt),
    default: receipt.tool === 'go' && receipt.version === chosen,
  }))
}

async function show(rows: Row[]): Promise<string> {
  const { table } = await import('../ui/table.js')
  return table(
    ['', 'TOOL', 'VERSION', 'SOURCE', 'VERIFIED', 'GRAFTS'],
    rows.map((row) => [
      row.default ? '*' : '',
      row.tool,
      row.version,
      row.source,
      row.verified.length > 0 ? row.verified.map(({ by }) => by).join(', ') : 'NO',
      row.grafts.join(' '),
    ]),
  )
}
