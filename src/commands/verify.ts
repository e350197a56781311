import { Args } from '@oclif/core'
import { GonativeCommand } from '../cli/command.js'
import { GonativeError } from '../errors.js'
import { compareTree, type Difference } from '../store/compare.js'
import { installedReceipts } from '../store/installed.js'
import { rebuildVerdict, type Receipt } from '../store/receipt.js'
import type { Session } from '../install/session.js'

interface Row {
  tool: string
  version: string
  files: number
  differences: Difference[]
}

/** How many differences of one toolchain are shown; --json has them all. */
const shown = 20

export default class Verify extends GonativeCommand {
  static override summary = 'Re-hash installed toolchains against their receipts'
  static override description =
    'Reads every file of a toolchain and compares it with what was verified when it was installed: changed, missing and added files are named. Exit 3 when there is any.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> 1.27.4']
  static override args = {
    version: Args.string({ description: 'only this Go version; default: everything, compilers too' }),
  }

  async run(): Promise<Row[]> {
    const { args } = await this.parse(Verify)
    const session = await this.session()
    const { mend } = await import('../install/mend.js')
    await mend(session)
    const rows: Row[] = []
    for (const receipt of await chosen(args.version, session)) {
      if (receipt.linked !== undefined) {
        this.logToStderr(
          `${receipt.tool} ${receipt.version} is linked to ${receipt.linked}: it is yours, and not verified`,
        )
        continue
      }
      const reading = session.report.start(`read ${receipt.tool} ${receipt.version}`, 'files')
      const differences = await compareTree(session.layout, receipt, (done, total) =>
        reading.update(done, total),
      ).finally(() => reading.end())
      const { tool, version } = receipt
      rows.push({ tool, version, files: countOf(receipt), differences })
      this.log(sentence(receipt, differences))
    }
    const broken = rows.filter((row) => row.differences.length > 0)
    if (broken.length > 0) throw differs(broken)
    return rows
  }
}

async function chosen(version: string | undefined, session: Session): Promise<Receipt[]> {
  if (version !== undefined) {
    const { receiptFor } = await import('../cli/version.js')
    return [await receiptFor(version, session)]
  }
  const { layout } = session
  return [...(await installedReceipts(layout, 'go')), ...(await installedReceipts(layout, 'compilers'))]
}

/** Those of the toolchain, and of its grafts in it. */
function countOf({ files, grafts }: Receipt): number {
  return grafts.reduce((sum, { goroot }) => sum + (goroot?.count ?? 0), files.count)
}

function sentence(receipt: Receipt, differences: Difference[]): string {
  const { tool, version } = receipt
  if (differences.length === 0) {
    const rebuilt = receipt.verified.some(({ by }) => by === rebuildVerdict)
    return `${tool} ${version}: all ${countOf(receipt)} files are as installed${rebuilt ? ', and were rebuilt from source' : ''}`
  }
  const lines = differences.slice(0, shown).map(({ path, what }) => `  ${what}  ${path}`)
  const more = differences.length > shown ? [`  and ${differences.length - shown} more`] : []
  return [`${tool} ${version}: ${differences.length} files differ`, ...lines, ...more].join('\n')
}

function differs(rows: Row[]): GonativeError {
  const names = rows.map(({ tool, version }) => `${tool} ${version}`).join(', ')
  const files = rows.flatMap(({ differences }) =>
    differences.slice(0, shown).map(({ path, what }) => `${what} ${path}`),
  )
  return new GonativeError(
    'DIFFERS',
    `not as installed: ${names} (${files.slice(0, 3).join(', ')}${files.length > 3 ? ', …' : ''})`,
    {
      exit: 'refused',
      hint: `Make it whole: gonative uninstall ${rows[0]?.version ?? ''} and install it again.`,
    },
  )
}
