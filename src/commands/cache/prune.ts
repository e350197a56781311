import { Args } from '@oclif/core'
import { goFlag, GonativeCommand } from '../../cli/command.js'
import type { CacheUsage } from '../../warm/usage.js'

export default class CachePrune extends GonativeCommand {
  static override summary = 'Delete what is kept to make builds quick'
  static override description =
    'Without arguments all of it: downloads, and the caches of every target. Builds work as before; the first one for each target takes longer again.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> linux/s390x --go 1.27.4',
  ]
  static override strict = false
  static override args = {
    target: Args.string({ description: 'goos/goarch; several may follow; default: everything' }),
  }
  static override flags = { go: goFlag }

  async run(): Promise<CacheUsage[]> {
    const { argv, flags } = await this.parse(CachePrune)
    const session = await this.session()
    const [{ pruneCaches }, { receiptFor }, { graftsNamed }, { bytes }] = await Promise.all([
      import('../../warm/usage.js'),
      import('../../cli/version.js'),
      import('../../cli/targets.js'),
      import('../../ui/table.js'),
    ])
    let wanted: Parameters<typeof pruneCaches>[1]
    if (argv.length > 0 || flags.go !== undefined) {
      const receipt = await receiptFor(flags.go, session)
      const targets = new Set(graftsNamed(receipt, argv as string[]).map(({ target }) => target))
      wanted = (go, { target }) => go === receipt.version && targets.has(target)
    }
    const pruned = await pruneCaches(session, wanted)
    const sum = pruned.reduce((total, each) => total + each.bytes, 0)
    this.log(pruned.length === 0 ? 'there was nothing to delete' : `deleted ${bytes(sum)}`)
    return pruned
  }
}
