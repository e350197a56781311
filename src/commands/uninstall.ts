import { Args } from '@oclif/core'
import { GonativeCommand } from '../cli/command.js'

interface Uninstalled {
  version: string
  /** Grafts and compilers that only it used. */
  collected: string[]
}

export default class Uninstall extends GonativeCommand {
  static override summary = 'Remove Go versions and what only they used'
  static override examples = ['<%= config.bin %> <%= command.id %> 1.22.12']
  static override strict = false
  static override args = {
    version: Args.string({ description: 'exact versions or names, as list shows them', required: true }),
  }

  async run(): Promise<Uninstalled[]> {
    const { argv } = await this.parse(Uninstall)
    const [{ uninstall }, { readInstalled }, { readConfig }, { installedGoVersions }, { orderVersions }] =
      await Promise.all([
        import('../install/uninstall.js'),
        import('../cli/version.js'),
        import('../store/config.js'),
        import('../store/installed.js'),
        import('../version/spec.js'),
      ])
    const session = await this.session()
    const { default: before } = await readConfig(session.layout)
    const versions = await Promise.all((argv as string[]).map((text) => readInstalled(text, session)))
    const done: Uninstalled[] = []
    for (const version of new Set(versions)) {
      const { receipt, collected } = await uninstall({ tool: 'go', version }, session)
      const more = collected.length > 0 ? `, and with it ${collected.join(', ')}` : ''
      const link = receipt.linked === undefined ? '' : ` (the link; ${receipt.linked} stays as it is)`
      this.log(`uninstalled go ${version}${link}${more}`)
      done.push({ version, collected })
    }
    const newest = orderVersions('go', await installedGoVersions(session.layout)).at(-1)
    if (newest !== undefined && done.some(({ version }) => version === before)) {
      session.report.note(`the default is gone, and there is none now; run: gonative use ${newest}`)
    }
    return done
  }
}
