import { resolve } from 'node:path'
import { Args, Flags } from '@oclif/core'
import { goFlag, GonativeCommand } from '../cli/command.js'
import { describeGrafts, summarise, type Summary } from '../cli/summary.js'

export default class Graft extends GonativeCommand {
  static override summary = 'Make cgo work for more targets of an installed Go'
  static override description =
    'Takes the best strategy that applies to each target. A target that has a graft gets a new one, for instance with another C library.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> linux/arm64 windows/amd64',
    '<%= config.bin %> <%= command.id %> linux/amd64 --libc musl',
    '<%= config.bin %> <%= command.id %> linux/arm64 --libc gnu.2.28 --go 1.22.12',
    '<%= config.bin %> <%= command.id %> linux/arm64 --warm',
    '<%= config.bin %> <%= command.id %> android/arm64 --sysroot ~/Android/Sdk/ndk/27.2.12479018 --libc bionic.24',
    '<%= config.bin %> <%= command.id %> darwin/arm64 --remove',
  ]
  static override strict = false
  static override args = {
    target: Args.string({ description: 'goos/goarch; several may follow', required: true }),
  }
  static override flags = {
    go: goFlag,
    libc: Flags.string({
      helpValue: 'gnu.<floor>|musl|bionic.<level>',
      description: 'the C library, where one can be chosen',
    }),
    sysroot: Flags.string({
      helpValue: '<directory>',
      description: "build with this SDK, or copy of the target's files, of yours: an NDK for android",
    }),
    strategy: Flags.string({ helpValue: '<id>', description: 'use this strategy' }),
    warm: Flags.boolean({ description: 'compile the standard library and the C library for them now' }),
    remove: Flags.boolean({ description: 'take the grafts away', exclusive: ['libc', 'sysroot', 'strategy', 'warm'] }),
    'allow-unverified': Flags.boolean({ description: 'take compilers that nothing vouches for' }),
  }

  async run(): Promise<Summary> {
    const { argv, flags } = await this.parse(Graft)
    const { graftsFor, parseTargets } = await import('../cli/targets.js')
    const targets = parseTargets(
      argv as string[],
      flags.libc,
      flags.sysroot === undefined ? undefined : resolve(this.io.cwd, flags.sysroot),
    )
    const session = await this.session()
    const { receiptFor } = await import('../cli/version.js')
    const receipt = await receiptFor(flags.go, session)
    const [{ graftTargets, removeTargets }, { refuseMissing }, { formatTarget }] = await Promise.all([
      import('../install/graft/graft-targets.js'),
      import('../install/graft/make.js'),
      import('../target/target.js'),
    ])
    const { receipt: after, missing } = flags.remove
      ? { receipt: await removeTargets(receipt, targets, session), missing: [] }
      : await graftTargets(receipt, targets, session, {
          strategy: flags.strategy,
          allowUnverified: flags['allow-unverified'],
        })
    const made = graftsFor(after, targets).filter((graft) => !missing.some(({ target }) => target === graft.target))
    this.log(
      flags.remove
        ? `go ${after.version} builds ${targets.map(formatTarget).join(' ')} as plain Go does`
        : `go ${after.version}: ${describeGrafts(made)}`,
    )
    if (flags.warm) {
      const { showWarming } = await import('../cli/warm.js')
      await showWarming(after, graftsFor(after, targets), session, (line) => this.log(line))
    }
    refuseMissing(after.version, missing)
    return summarise(after)
  }
}
