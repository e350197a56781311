import { resolve } from 'node:path'
import { Args } from '@oclif/core'
import { GonativeCommand } from '../cli/command.js'
import { GonativeError } from '../errors.js'
import { isLinkName } from '../version/spec.js'

interface Linked {
  name: string
  directory: string
  /** Of the Go in the directory. */
  version: string
  path: string
}

export default class Link extends GonativeCommand {
  static override summary = 'Use a Go that is here already, by a name'
  static override description =
    'The directory is a GOROOT: it has bin/go and VERSION. It stays as and where it is, unverified: it is yours. Use it as any version: gonative use system, GONATIVE_GO=system, system in .go-version, exec --go system; graft targets onto it; uninstall removes the link alone. Without a directory it is that of the first Go on PATH.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> system /usr/local/go',
    '<%= config.bin %> <%= command.id %> tip ~/src/go',
    '<%= config.bin %> <%= command.id %> system',
  ]
  static override args = {
    name: Args.string({ description: 'lower case letters, digits and dashes: system, tip, …', required: true }),
    directory: Args.string({ description: 'a GOROOT; default: that of the Go on PATH' }),
  }

  async run(): Promise<Linked> {
    const { args } = await this.parse(Link)
    const { name } = args
    if (!isLinkName(name)) {
      throw new GonativeError('BAD_NAME', `a Go cannot be linked as ${JSON.stringify(name)}`, {
        exit: 'usage',
        hint: 'Take lower case letters, digits and dashes, and nothing that reads as a version: system, tip.',
      })
    }
    const session = await this.session()
    const directory = args.directory === undefined ? await this.onPath() : resolve(this.io.cwd, args.directory)
    const { link } = await import('../install/link.js')
    const { receipt, goVersion, made } = await link(name, directory, session)
    this.log(`go ${name} is ${made ? 'now' : 'already'} the Go ${goVersion} in ${directory}; not verified: it is yours`)
    return { name, directory, version: goVersion, path: session.layout.toolchain(receipt) }
  }

  private async onPath(): Promise<string> {
    const { goroots } = await import('../io/go-at-hand.js')
    const { homeOf } = await import('../cli/home.js')
    for await (const goroot of goroots(this.io)) {
      if (!goroot.startsWith(homeOf(this.io))) return goroot
    }
    throw new GonativeError('NO_GO', 'no Go was found on PATH, nor where it is usually installed', {
      exit: 'missing',
      hint: 'gonative link system /usr/local/go',
    })
  }
}
