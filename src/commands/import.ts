import { homedir } from 'node:os'
import { Args, Flags } from '@oclif/core'
import { GonativeCommand } from '../cli/command.js'
import { exitCodes, GonativeError } from '../errors.js'
import type { Found } from '../install/import/find.js'
import type { Session } from '../install/session.js'
import { readReceipt } from '../store/receipt.js'

const ids = ['goenv', 'asdf', 'mise', 'gvm', 'g'] as const

interface Row {
  manager: string
  version: string
  directory: string
  /** Whether it is what that manager has for the user everywhere. */
  chosen: boolean
  /** `there` when gonative has the version already; `found` when only looking. */
  done: 'found' | 'there' | 'copied' | 'linked' | 'refused'
  /** Why it was refused. */
  reason: string | null
}

export default class Import extends GonativeCommand {
  static override summary = 'Take over the Go versions of goenv, asdf, mise, gvm or g'
  static override description =
    'Alone it lists what was found, and changes nothing. With a manager’s name, or --all, each version is copied, and the copy verified as an install is; one that is not as published is refused, and may be linked instead, unverified and for as long as it stays where it is. The other manager and its files are left alone. Where no default is set, its choice becomes the default.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> goenv',
    '<%= config.bin %> <%= command.id %> --all --link',
  ]
  static override args = { manager: Args.string({ description: 'whose versions to take over', options: [...ids] }) }
  static override flags = {
    all: Flags.boolean({ description: 'take over those of every manager' }),
    copy: Flags.boolean({ description: 'as verified copies; the default', exclusive: ['link'] }),
    link: Flags.boolean({ description: 'as links: at once, but not verified, and gone when the manager removes them' }),
  }

  async run(): Promise<Row[]> {
    const { args, flags } = await this.parse(Import)
    if (args.manager !== undefined && flags.all) {
      throw new GonativeError('USAGE', `either ${args.manager} or --all`, { exit: 'usage' })
    }
    const { findInstalled } = await import('../install/import/find.js')
    const all = await findInstalled({ env: this.io.env, home: this.io.env.HOME ?? homedir() })
    const found = all.filter(({ manager }) => args.manager === undefined || manager === args.manager)
    if (found.length === 0) throw nothingFound(args.manager)
    const session = await this.session()
    const only = args.manager === undefined && !flags.all
    const rows: Row[] = []
    for (const each of found) rows.push(await this.one(each, only ? 'look' : flags.link ? 'link' : 'copy', session))
    if (only) await this.list(rows)
    else await this.conclude(rows, session)
    return rows
  }

  private async one(found: Found, how: 'look' | 'link' | 'copy', session: Session): Promise<Row> {
    const { manager, version, directory, chosen } = found
    const row = (done: Row['done'], reason: string | null = null): Row => ({
      manager,
      version,
      directory,
      chosen,
      done,
      reason,
    })
    if (await readReceipt(session.layout, { tool: 'go', version })) {
      if (how !== 'look') this.log(`go ${version} of ${manager}: gonative has it already`)
      return row('there')
    }
    if (how === 'look') return row('found')
    try {
      if (how === 'copy') {
        const { copyVerified } = await import('../install/import/take-over.js')
        const { receipt } = await copyVerified(found, session)
        this.log(`copied go ${version} of ${manager}, verified by ${receipt.verified.map(({ by }) => by).join(', ')}`)
        return row('copied')
      }
      const { link } = await import('../install/link.js')
      await link(version, directory, session)
      this.log(`linked go ${version} to ${directory}; not verified`)
      return row('linked')
    } catch (error) {
      // One that is refused is no reason to leave the others.
      if (!(error instanceof GonativeError)) throw error
      this.logToStderr(`go ${version} of ${manager} is not taken over: ${error.message}`)
      return row('refused', error.message)
    }
  }

  private async list(rows: Row[]): Promise<void> {
    if (this.jsonEnabled()) return
    const { table } = await import('../ui/table.js')
    const cells = rows.map(({ manager, version, directory, chosen, done }) => [
      chosen ? '*' : '',
      manager,
      version,
      directory,
      done === 'there' ? 'gonative has it already' : 'would be copied and verified',
    ])
    this.log(table(['', 'MANAGER', 'VERSION', 'DIRECTORY', ''], cells))
    this.logToStderr(`To take them over: gonative import ${rows[0]?.manager ?? '<manager>'}, or gonative import --all`)
  }

  private async conclude(rows: Row[], session: Session): Promise<void> {
    const { readConfig } = await import('../store/config.js')
    const chosen = rows.find((row) => row.chosen && row.done !== 'refused')
    const inForce = (await readConfig(session.layout)).default
    if (chosen && inForce === chosen.version) this.log(`go ${chosen.version} is the default, as with ${chosen.manager}`)
    else if (chosen) this.logToStderr(`${chosen.manager}'s choice is ${chosen.version}: gonative use ${chosen.version}`)
    const refused = rows.filter((row) => row.done === 'refused')
    const [first] = refused
    if (!first) return
    const linking = rows.some((row) => row.done === 'linked')
    if (!linking) {
      this.logToStderr(
        `Have it from its publisher: gonative install ${first.version}. Or as it is: gonative import ${first.manager} --link`,
      )
    }
    process.exitCode = exitCodes.refused
  }
}

function nothingFound(manager: string | undefined): GonativeError {
  return new GonativeError('NOTHING_FOUND', `no Go of ${manager ?? ids.join(', ')} was found`, {
    exit: 'missing',
    hint: `They are sought where these managers' own variables (GOENV_ROOT, ASDF_DATA_DIR, MISE_DATA_DIR, GVM_ROOT) say, else in your home. A single directory: gonative link <name> <directory>.`,
  })
}
