import { Args } from '@oclif/core'
import { GonativeCommand } from '../cli/command.js'
import type { Inspection } from '../inspect/inspection.js'
import { describe, render, type Failure } from '../ui/failure.js'

/** In the place of a file's inspection when it can't be had. */
interface Refused {
  path: string
  error: Omit<Failure, 'exit'>
}

export default class Inspect extends GonativeCommand {
  static override summary = 'Say what built files are: format, machine, ABI, libraries, and how Go built them'
  static override description = `Reads ELF, PE, Mach-O, WebAssembly and ar archives, made by Go or not. With --json it gives a list with one object a
file. A file that can't be read does not hide the others: it has {path, error} in its place, and the exit code is its.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> ./hello',
    '<%= config.bin %> <%= command.id %> dist/* --json',
  ]
  static override strict = false
  static override args = { file: Args.string({ required: true, description: 'what to read; several may be given' }) }

  async run(): Promise<(Inspection | Refused)[]> {
    const { argv } = await this.parse(Inspect)
    const { inspectFile } = await import('../inspect/inspect.js')
    const { report } = await import('../inspect/report.js')
    const paths = argv.map(String)
    const results: (Inspection | Refused)[] = []
    for (const path of paths) {
      try {
        const inspection = await inspectFile(path)
        results.push(inspection)
        if (!this.jsonEnabled()) this.log(`${results.length > 1 ? '\n' : ''}${report(inspection)}`)
      } catch (error) {
        if (paths.length === 1) throw error
        const { exit, ...failure } = describe(error)
        process.exitCode = Math.max(exit, Number(process.exitCode ?? 0))
        results.push({ path, error: failure })
        if (!this.jsonEnabled()) process.stderr.write(render({ ...failure, exit }))
      }
    }
    return results
  }
}
