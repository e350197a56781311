import { Flags } from '@oclif/core'
import { runChild } from '../cli/child.js'
import { goFlag, GonativeCommand } from '../cli/command.js'
import { homeOf } from '../cli/home.js'
import { versionFor } from '../cli/version.js'
import { GonativeError } from '../errors.js'
import { execEnvironment } from '../launch/environment.js'
import { Layout } from '../store/layout.js'

interface Executed {
  version: string
  command: string[]
  code: number
}

export default class Exec extends GonativeCommand {
  static override summary = 'Run a program in a toolchain’s environment'
  static override description = `The program, and whatever it starts, finds that Go on PATH, with the compilers of each target that has a graft. The exit code is the program's own, and signals reach it. With --json its output goes to standard error.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -- go version',
    '<%= config.bin %> <%= command.id %> --go 1.22 -- go test ./...',
    '<%= config.bin %> <%= command.id %> --target linux/arm64 -- make',
    '<%= config.bin %> <%= command.id %> -- gox -cgo -osarch="linux/arm64 windows/amd64" ./...',
  ]
  static override usage = '<%= command.id %> [--go <version>] [--target <target>] -- <command> [argument…]'
  /** Words follow: else oclif takes the first of `exec make` for a command's name. */
  static override strict = false
  static override flags = {
    go: goFlag,
    target: Flags.string({ helpValue: '<target>', description: 'set GOOS, GOARCH and the compilers of this target' }),
  }

  override jsonEnabled(): boolean {
    return split(this.argv).own.includes('--json')
  }

  async run(): Promise<Executed> {
    const { own, rest } = split(this.argv)
    const { flags } = await this.parse(Exec, own)
    const [command, ...args] = rest
    if (command === undefined) {
      throw new GonativeError('USAGE', 'exec wants a program to run', {
        exit: 'usage',
        hint: 'gonative exec -- go version',
      })
    }
    const layout = new Layout(homeOf(this.io))
    const version = await this.version(flags.go, layout)
    const target = flags.target === undefined ? undefined : await targetVariables(flags.target)
    const env = await execEnvironment({ layout, version, env: this.io.env, target })
    const code = await runChild(command, args, env, this.jsonEnabled() ? 'stderr' : 'inherit')
    process.exitCode = code
    return { version, command: [command, ...args], code }
  }

  /** The version to run with; one that is missing is installed first where config.json says so. */
  private async version(flag: string | undefined, layout: Layout): Promise<string> {
    try {
      return await versionFor(flag, { io: this.io, layout })
    } catch (error) {
      const missing = error instanceof GonativeError && error.code === 'NOT_INSTALLED' ? error : undefined
      if (!missing) throw error
      const { installMissing } = await import('../cli/auto-install.js')
      return installMissing(missing, flag, await this.session())
    }
  }
}

/**
 * Our own flags, and the program with its arguments: what follows `--`, or begins with the first word that is no flag.
 * Not left to oclif, which sorts repeated arguments together.
 */
function split(argv: string[]): { own: string[]; rest: string[] } {
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (word === '--') return { own: argv.slice(0, at), rest: argv.slice(at + 1) }
    if (!word.startsWith('-')) return { own: argv.slice(0, at), rest: argv.slice(at) }
    if (word === '--go' || word === '--target') at++
  }
  return { own: argv, rest: [] }
}

/** GOOS, GOARCH and the variant's variable. */
async function targetVariables(text: string): Promise<Record<string, string>> {
  const [{ parseTarget }, { variantEnv }] = await Promise.all([
    import('../target/target.js'),
    import('../target/variants.js'),
  ])
  const target = parseTarget(text)
  return { GOOS: target.goos, GOARCH: target.goarch, ...variantEnv(target) }
}
