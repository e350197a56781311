import { resolve } from 'node:path'
import { Args, Flags } from '@oclif/core'
import { goFlag, GonativeCommand } from '../../cli/command.js'
import type { Exported } from '../../warm/export.js'

export default class GraftExport extends GonativeCommand {
  static override summary = 'Write warmed grafts to one archive, for another machine'
  static override description =
    'What is not warm yet is warmed first. After importing the archive, nothing of the standard library or the C library is compiled there, whatever its paths are.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> linux/arm64 windows/amd64 --output grafts.tar.gz',
    '<%= config.bin %> <%= command.id %> --go 1.22.12',
  ]
  static override strict = false
  static override args = {
    target: Args.string({ description: 'goos/goarch; several may follow; default: all grafted' }),
  }
  static override flags = {
    go: goFlag,
    output: Flags.string({
      char: 'o',
      helpValue: '<file>',
      description: 'the archive; default go<version>-grafts.tar.gz',
    }),
  }

  async run(): Promise<Exported> {
    const { argv, flags } = await this.parse(GraftExport)
    const session = await this.session()
    const [{ receiptFor }, { graftsNamed }, { exportGrafts }, { bytes }] = await Promise.all([
      import('../../cli/version.js'),
      import('../../cli/targets.js'),
      import('../../warm/export.js'),
      import('../../ui/table.js'),
    ])
    const receipt = await receiptFor(flags.go, session)
    const grafts = graftsNamed(receipt, argv as string[])
    const file = resolve(this.io.cwd, flags.output ?? `go${receipt.version}-grafts.tar.gz`)
    const exported = await exportGrafts(receipt, grafts, file, session)
    this.log(`wrote ${file} (${bytes(exported.size)}): go ${receipt.version}, warm for ${exported.targets.join(' ')}`)
    this.log(
      `there: gonative graft import ${flags.output ?? `go${receipt.version}-grafts.tar.gz`} --sha256 ${exported.sha256}`,
    )
    return exported
  }
}
