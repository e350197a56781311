/** What a shell evaluates to have the shims first on its PATH. Evaluating it again changes nothing. */
import { basename } from 'node:path'
import type { Layout } from '../store/layout.js'
import { quoteFish, quotePowershell, quoteSh } from './quote.js'

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof shells)[number]

/** The user's shell by the environment; undefined when it is none that we know. */
export function detectShell(env: Readonly<Record<string, string | undefined>>): Shell | undefined {
  const name = basename(env.SHELL ?? '').replace(/\.exe$/, '')
  if (name === 'pwsh') return 'powershell'
  const known = shells.find((shell) => shell === name)
  if (known || name !== '') return known
  return env.PSModulePath === undefined ? undefined : 'powershell'
}

/**
 * Text to evaluate: puts the shims in front of PATH and takes them out of its other places, so that a PATH which a
 * login shell has put in another order is mended too. Works under `set -eu`; leaves no variable behind.
 */
export function envScript(shell: Shell, layout: Layout): string {
  return scripts[shell](layout.shims)
}

const scripts: Record<Shell, (shims: string) => string> = {
  bash: posix,
  zsh: posix,
  fish: (shims) => `set -l gonative_path ${quoteFish(shims)}
for gonative_entry in $PATH
    test "$gonative_entry" = ${quoteFish(shims)}; or set gonative_path $gonative_path "$gonative_entry"
end
set -gx PATH $gonative_path
`,
  powershell: (shims) => `$env:PATH = (@(${quotePowershell(shims)}) + @($env:PATH -split [IO.Path]::PathSeparator |
  Where-Object { $_ -cne ${quotePowershell(shims)} })) -join [IO.Path]::PathSeparator
`,
}

function posix(shims: string): string {
  const path = quoteSh(shims)
  return `gonative_path=:\${PATH:-}:
while case $gonative_path in *:${path}:*) true ;; *) false ;; esac; do
  gonative_path=\${gonative_path%%:${path}:*}:\${gonative_path#*:${path}:}
done
gonative_path=\${gonative_path#:}
gonative_path=\${gonative_path%:}
PATH=${path}\${gonative_path:+:}\${gonative_path}
export PATH
unset gonative_path
`
}
