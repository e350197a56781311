/** What `list` says: every toolchain and compiler in the store. */
import { readConfig } from '../store/config.js'
import { installedReceipts } from '../store/installed.js'
import type { Layout } from '../store/layout.js'
import { goVersionAt } from '../store/linked.js'
import type { Receipt } from '../store/receipt.js'
import { orderVersions } from '../version/spec.js'
import { summarise, type Summary } from './summary.js'

export interface InstalledRow extends Summary {
  path: string
  default: boolean
  /** Of what `link` linked: the GOROOT, and the version of the Go that is there now, null when it is gone. */
  linked: { directory: string; version: string | null } | null
}

/** Go newest first, then what is linked by a name, then the compilers. */
export async function installedRows(layout: Layout): Promise<InstalledRow[]> {
  const receipts = [...(await installedReceipts(layout, 'go')), ...(await installedReceipts(layout, 'compilers'))]
  const chosen = (await readConfig(layout)).default
  const tools = [...new Set(receipts.map(({ tool }) => tool))]
  const ordered = await Promise.all(
    tools.map(async (tool) => {
      const own = receipts.filter((receipt) => receipt.tool === tool)
      if (own.length === 1) return own // the order of other tools than Go takes semver, and that takes time
      const versions = orderVersions(
        tool,
        own.map(({ version }) => version),
      ).reverse()
      const named = own
        .filter(({ version }) => !versions.includes(version))
        .sort((a, b) => (a.version < b.version ? -1 : 1))
      return [...versions.flatMap((version) => own.filter((receipt) => receipt.version === version)), ...named]
    }),
  )
  return Promise.all(ordered.flat().map((receipt) => rowOf(receipt, layout, chosen)))
}

async function rowOf(receipt: Receipt, layout: Layout, chosen: string | undefined): Promise<InstalledRow> {
  const { linked } = receipt
  return {
    ...summarise(receipt),
    path: layout.toolchain(receipt),
    default: receipt.tool === 'go' && receipt.version === chosen,
    linked: linked === undefined ? null : { directory: linked, version: (await goVersionAt(linked)) ?? null },
  }
}

/** Prints them as a table, or how to get the first. */
export async function showInstalled(rows: InstalledRow[]): Promise<void> {
  if (rows.length === 0) {
    process.stderr.write(`Nothing is installed yet. 'gonative install latest' installs the newest Go.\n`)
    return
  }
  const { table } = await import('../ui/table.js')
  const lines = table(
    ['', 'TOOL', 'VERSION', 'SOURCE', 'VERIFIED', 'GRAFTS'],
    rows.map((row) => [
      row.default ? '*' : '',
      row.tool,
      row.version,
      row.linked ? origin(row.linked) : row.built ? `built from ${row.source}` : row.source,
      row.linked ? 'not verified: it is yours' : row.verified.map(({ by }) => by).join(', ') || 'NO',
      row.grafts.join(' '),
    ]),
  )
  process.stdout.write(`${lines}\n`)
}

function origin({ directory, version }: NonNullable<InstalledRow['linked']>): string {
  return version === null ? `${directory} (no Go there any more)` : `${directory} (go ${version})`
}
