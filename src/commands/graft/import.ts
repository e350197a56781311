import { resolve } from 'node:path'
import { Args, Flags } from '@oclif/core'
import { GonativeCommand } from '../../cli/command.js'
import { summarise, type Summary } from '../../cli/summary.js'

export default class GraftImport extends GonativeCommand {
  static override summary = "Take over another machine's warmed grafts"
  static override description =
    'Installs the Go version and makes the grafts if they are not there yet, verified as always; only caches come from the archive, every file checked against its list.'
  static override examples = ['<%= config.bin %> <%= command.id %> go1.27.4-grafts.tar.gz --sha256 5f7c…']
  static override args = { file: Args.string({ description: 'what graft export wrote', required: true }) }
  static override flags = {
    sha256: Flags.string({ helpValue: '<hex>', description: 'refuse any other file than the one that has this' }),
    'allow-unverified': Flags.boolean({ description: 'install what nothing vouches for' }),
  }

  async run(): Promise<Summary> {
    const { args, flags } = await this.parse(GraftImport)
    const session = await this.session()
    const { importGrafts } = await import('../../warm/import.js')
    const options = { sha256: flags.sha256, allowUnverified: flags['allow-unverified'] }
    const { receipt, targets } = await importGrafts(resolve(this.io.cwd, args.file), session, options)
    this.log(`go ${receipt.version}: warm for ${targets.join(' ')}`)
    return summarise(receipt)
  }
}
