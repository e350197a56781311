/** Where a shell finds its completions, and what its block of `setup` says of them. */
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Layout } from '../../store/layout.js'
import { replaceFile } from '../../store/receipt.js'
import { quoteFish, quotePowershell, quoteSh } from '../quote.js'
import type { Shell } from '../shells.js'
import { bashCompletions } from './bash.js'
import { fishCompletions } from './fish.js'
import { modelOf, type OclifCommand } from './model.js'
import { powershellCompletions } from './powershell.js'
import { zshCompletions } from './zsh.js'

const makers = {
  bash: bashCompletions,
  zsh: zshCompletions,
  fish: fishCompletions,
  powershell: powershellCompletions,
}

/** zsh and fish look for completions by file name, in directories of their own. */
function fileOf(shell: Shell, layout: Layout): string {
  const names = { bash: 'gonative.bash', zsh: 'zsh/_gonative', fish: 'fish/gonative.fish', powershell: 'gonative.ps1' }
  return join(layout.home, 'completions', names[shell])
}

/** Writes the completions of a shell. @param commands of oclif's Config. */
export async function writeCompletions(
  shell: Shell,
  layout: Layout,
  commands: readonly OclifCommand[],
): Promise<string> {
  const file = fileOf(shell, layout)
  await mkdir(dirname(file), { recursive: true })
  await replaceFile(file, makers[shell](modelOf(commands), layout.home))
  return file
}

export async function removeCompletions(shell: Shell, layout: Layout): Promise<void> {
  await rm(fileOf(shell, layout), { force: true })
}

/** What a shell's own file says so that the completions are found; nothing when they are not there. Starts no process. */
export function completionLines(shell: Shell, layout: Layout): string {
  const file = fileOf(shell, layout)
  switch (shell) {
    case 'bash':
      return `case $- in *i*) [ ! -r ${quoteSh(file)} ] || . ${quoteSh(file)} ;; esac
`
    case 'zsh': {
      const directory = quoteSh(dirname(file))
      return `case :\${(j.:.)fpath}: in *:${directory}:*) ;; *) fpath=(${directory} $fpath) ;; esac
if (( \${+functions[compdef]} )); then autoload -Uz _gonative && compdef _gonative gonative; fi
`
    }
    case 'fish': {
      const directory = quoteFish(dirname(file))
      return `contains -- ${directory} $fish_complete_path; or set -g fish_complete_path ${directory} $fish_complete_path
`
    }
    case 'powershell':
      return `if (Test-Path -LiteralPath ${quotePowershell(file)}) { . ${quotePowershell(file)} }
`
  }
}
