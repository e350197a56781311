import { GonativeCommand } from '../cli/command.js'
import type { CacheUsage } from '../warm/usage.js'

export default class Cache extends GonativeCommand {
  static override summary = 'Show what is kept to make builds quick, and its size'
  static override description =
    'What was warmed is counted here once more than it takes: the build cache of the go command shares it.'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<CacheUsage[]> {
    await this.parse(Cache)
    const session = await this.session()
    const { cacheUsage } = await import('../warm/usage.js')
    const usage = await cacheUsage(session)
    if (!this.jsonEnabled()) this.log(await show(usage))
    return usage
  }
}

async function show(usage: CacheUsage[]): Promise<string> {
  if (usage.length === 0) return 'the caches are empty'
  const { bytes, table } = await import('../ui/table.js')
  const rows = usage.map((each) => [
    each.go ?? '',
    each.what,
    bytes(each.bytes),
    each.warmed === null ? '' : each.warmed.slice(0, 10),
  ])
  const sum = usage.reduce((total, each) => total + each.bytes, 0)
  return `${table(['GO', 'CACHE', 'SIZE', 'WARMED'], rows)}\n${bytes(sum)} in all`
}
