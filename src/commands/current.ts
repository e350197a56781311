import { GonativeCommand } from '../cli/command.js'
import { homeOf } from '../cli/home.js'
import { decideHere, installedVersion } from '../cli/version.js'
import { Layout } from '../store/layout.js'
import { checkLinked } from '../store/linked.js'
import { reasonOf, type Decision } from '../version/project.js'

export interface Current {
  version: string
  path: string
  /** What was asked for; from go.work and go.mod it is a minimum. */
  wanted: string
  from: Decision['from']
  /** The reason as one phrase. */
  reason: string
}

export default class CurrentCommand extends GonativeCommand {
  static override summary = 'Say which Go is in force here, and what said so'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<Current> {
    await this.parse(CurrentCommand)
    const layout = new Layout(homeOf(this.io))
    const decision = await decideHere({ io: this.io, layout })
    const version = installedVersion(decision)
    await checkLinked(layout, version)
    if (!decision) throw new Error('unreachable: installedVersion has thrown')
    const { wanted, from } = decision
    const reason = reasonOf(decision)
    this.log(`go ${version}: ${reason}`)
    return { version, path: layout.toolchain({ tool: 'go', version }), wanted, from, reason }
  }
}
