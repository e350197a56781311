import { homedir } from 'node:os'
import { Flags } from '@oclif/core'
import { GonativeCommand } from '../cli/command.js'
import { homeOf, selfOf } from '../cli/home.js'
import { GonativeError } from '../errors.js'
import { removeCompletions, writeCompletions } from '../launch/completions/completions.js'
import { quoteSh } from '../launch/quote.js'
import { applySetup, setupPlan, undoSetup } from '../launch/setup.js'
import { writeShims } from '../launch/shims.js'
import { detectShell, shells, type Shell } from '../launch/shells.js'
import { Layout } from '../store/layout.js'

interface Setup {
  shell: Shell
  files: { file: string; changed: boolean }[]
}

export default class SetupCommand extends GonativeCommand {
  static override summary = 'Put the shims on PATH and completions in your shell’s files'
  static override description =
    'Adds one marked block to the files that your shell reads, and nothing else anywhere. Running it again changes nothing; --undo takes the block out, byte for byte.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --shell fish',
    '<%= config.bin %> <%= command.id %> --undo',
  ]
  static override flags = {
    shell: Flags.string({ options: [...shells], description: 'set up this shell; default: that of $SHELL' }),
    undo: Flags.boolean({ description: 'take it out again' }),
    'dry-run': Flags.boolean({ description: 'show what would be added, and where' }),
  }

  async run(): Promise<Setup> {
    const { flags } = await this.parse(SetupCommand)
    const shell = shells.find((name) => name === flags.shell) ?? detectShell(this.io.env)
    if (shell === undefined) {
      throw new GonativeError('SHELL_UNKNOWN', `$SHELL names no shell that setup knows`, {
        exit: 'usage',
        hint: `Name one with --shell (${shells.join(', ')}), or put the output of 'gonative env' where your shell reads it.`,
      })
    }
    const layout = new Layout(homeOf(this.io))
    const home = this.io.env.HOME ?? homedir()
    const steps = await setupPlan({ shell, layout, home, env: this.io.env, platform: process.platform })
    if (flags['dry-run']) {
      for (const { file, lines } of steps) this.log(`${file}:\n${lines}`)
      return { shell, files: steps.map(({ file }) => ({ file, changed: false })) }
    }
    // There from now on, also before anything is installed.
    if (flags.undo) await removeCompletions(shell, layout)
    else {
      await writeShims(layout, selfOf(this.config.root), this.io.host)
      await writeCompletions(shell, layout, this.config.commands)
    }
    const files: Setup['files'] = []
    for (const step of steps) {
      const changed = await (flags.undo ? undoSetup(step) : applySetup(step))
      files.push({ file: step.file, changed })
      this.log(sentence(step.file, changed, flags.undo))
    }
    if (!flags.undo && files.some(({ changed }) => changed)) {
      this.logToStderr(`Open a new shell, or have this one read it: . ${quoteSh(files[0]?.file ?? '')}`)
    }
    return { shell, files }
  }
}

function sentence(file: string, changed: boolean, undo: boolean): string {
  if (undo) return changed ? `removed from ${file}` : `${file} has nothing of gonative`
  return changed ? `added to ${file}` : `${file} is set up already`
}
