import { Args, Flags } from '@oclif/core'
import { GonativeCommand } from '../cli/command.js'
import { allUnreachable, listVersions } from '../install/locate.js'
import { orderVersions } from '../version/spec.js'
import { lineOf, parseVersion } from '../version/version.js'

interface Row {
  version: string
  sources: string[]
}

export default class ListRemote extends GonativeCommand {
  static override summary = 'List the Go versions that the sources offer for this machine'
  static override description =
    'Shows the newest patch of each line, newest first; --all shows every release. A source may serve more than it lists: an exact version can be installed even when it is not shown here.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> 1.22 --all',
    '<%= config.bin %> <%= command.id %> --source goproxy',
  ]
  static override args = { line: Args.string({ description: 'only this line, as in 1.22' }) }
  static override flags = {
    all: Flags.boolean({ description: 'every release, not only the newest of each line' }),
    source: Flags.string({ helpValue: '<id>', description: 'ask this source only' }),
  }

  async run(): Promise<Row[]> {
    const { args, flags } = await this.parse(ListRemote)
    const session = await this.session()
    const { versions, tried } = await listVersions('go', session, flags.source)
    for (const { source, said } of tried.filter(({ reachable }) => !reachable))
      session.report.note(`${source}: ${said}`)
    if (!tried.some(({ reachable }) => reachable)) throw allUnreachable('the list of Go versions', tried)
    const ordered = orderVersions('go', [...versions.keys()]).reverse()
    const wanted = ordered.filter((version) => args.line === undefined || lineOfText(version) === args.line)
    const shown = flags.all ? wanted : wanted.filter((version, at) => firstOfLine(wanted, version, at))
    const rows = shown.map((version) => ({ version, sources: versions.get(version) ?? [] }))
    if (!this.jsonEnabled()) {
      const { table } = await import('../ui/table.js')
      if (rows.length > 0)
        this.log(
          table(
            ['VERSION', 'SOURCES'],
            rows.map((row) => [row.version, row.sources.join(', ')]),
          ),
        )
      else this.logToStderr(`No source lists a Go ${args.line ?? ''} for this machine.`)
    }
    return rows
  }
}

function firstOfLine(versions: string[], version: string, at: number): boolean {
  return versions.findIndex((other) => lineOfText(other) === lineOfText(version)) === at
}

function lineOfText(text: string): string {
  const version = parseVersion(text)
  return version ? lineOf(version) : text
}
