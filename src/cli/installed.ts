/** What `list` says: every toolchain and compiler in the store. */
import { readConfig } from '../store/config.js'
import { installedReceipts } from '../store/installed.js'
import type { Layout } from '../store/layout.js'
import { orderVersions } from '../version/spec.js'
import { summarise, type Summary } from './summary.js'

export type InstalledRow = Summary & { path: string; default: boolean }

/** Go newest first, then the compilers. */
export async function installedRows(layout: Layout): Promise<InstalledRow[]> {
  const receipts = [...(await installedReceipts(layout, 'go')), ...(await installedReceipts(layout, 'compilers'))]
  const chosen = (await readConfig(layout)).default
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

/** Prints them as a table, or how to get the first. */
export async function showInstalled(rows: InstalledRow[]): Promise<void> {
  if (rows.length === 0) {
    process.stderr.write(`Nothing is installed yet. 'gonative install latest' installs the newest Go.\n`)
    return
  }
  const { table } = await import('../ui/table.js')
  const lines = await table(
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
  process.stdout.write(`${lines}\n`)
}
