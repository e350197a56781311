// Completions in the real shells, as setup writes them and as a new shell finds them: a line, and what must be offered.
import { readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeCompletions } from '../../../src/launch/completions/completions.js'
import { modelOf, type OclifCommand } from '../../../src/launch/completions/model.js'
import { quoteSh } from '../../../src/launch/quote.js'
import { applySetup, setupPlan } from '../../../src/launch/setup.js'
import { shells, type Shell } from '../../../src/launch/shells.js'
import { Layout } from '../../../src/store/layout.js'
import { difficultDirectory, put, run } from './fake-store.js'

const manifest = new URL('../../../oclif.manifest.json', import.meta.url)
const { commands } = JSON.parse(await readFile(manifest, 'utf8')) as { commands: Record<string, OclifCommand> }

let home: string
let layout: Layout
beforeAll(async () => {
  home = await difficultDirectory()
  layout = new Layout(join(home, '.gonative'))
  for (const version of ['1.22.12', '1.27.4', 'system']) await put(layout.receipt({ tool: 'go', version }), '{}')
  await put(join(layout.roomOf('go'), 'go$(touch bad).receipt.json'), '{}')
  await put(join(layout.shims, 'gonative'), '#!/bin/sh\n', 0o755) // without the program fish completes nothing for it
  await put(join(home, 'some.tar.gz'), '')
  const request = { layout, home, env: {}, platform: 'linux' }
  for (const shell of shells) {
    await writeCompletions(shell, layout, Object.values(commands))
    for (const step of await setupPlan({ shell, ...request })) await applySetup(step)
  }
})
afterAll(() => rm(dirname(home), { recursive: true }))

/** A line that is typed up to its end, what is offered (of that or more), and what is not. */
const cases: [line: string, offered: string[], never: string[]][] = [
  ['gonative ', ['install', 'graft', 'use', 'setup', 'link'], ['export', '1.27.4']],
  ['gonative us', ['use'], ['install']],
  ['gonative use ', ['1.22.12', '1.27.4', 'system'], ['bad', 'go.mod']],
  ['gonative use 1.2', ['1.22.12', '1.27.4'], ['system']],
  ['gonative use --', ['--local', '--yes', '--json', '--help'], ['--shell']],
  ['gonative uninstall 1.22.12 ', ['1.27.4'], []],
  ['gonative exec --go ', ['1.22.12', 'system'], ['some.tar.gz']],
  ['gonative exec --go=1.2', ['1.27.4'], ['system']],
  ['gonative exec --target linux/ar', ['linux/arm64'], ['linux/amd64']],
  ['gonative install ', ['latest', 'go.mod'], ['1.27.4']],
  ['gonative install --targets linux/arm64,win', ['windows/amd64'], ['linux/386']],
  ['gonative graft linux/ar', ['linux/arm', 'linux/arm64'], ['windows/386']],
  ['gonative graft linux/arm64 windows/', ['windows/amd64'], ['export']],
  ['gonative graft ex', ['export'], ['import']],
  ['gonative graft export windows/', ['windows/arm64'], []],
  ['gonative graft export --go 1.22.12 --o', ['--output'], ['--libc']],
  ['gonative graft import some', ['some.tar.gz'], []],
  ['gonative env --shell ', ['bash', 'fish', 'powershell'], ['1.27.4']],
  ['gonative cache ', ['prune'], []],
  ['gonative which ', ['go', 'gofmt'], ['1.27.4']],
  ['gonative exec -- gunz', ['gunzip'], ['1.27.4']],
]

const env = () => ({ PATH: process.env.PATH, HOME: home, TERM: 'dumb', LC_ALL: 'C.UTF-8' })

async function offeredBy(shell: Shell, line: string): Promise<string[]> {
  const said = await ask[shell](line)
  expect(said.stderr).toBe('')
  return said.stdout.split(/\s+/).map((word) => word.replace(/^--\w+=/, '').replace(/^linux\/arm64,/, ''))
}

const ask: Record<Shell, (line: string) => ReturnType<typeof run>> = {
  // As readline calls it, which makes a word of its own of each sign =.
  bash: (line) => {
    const text = `set -eu
. "$HOME/.gonative/completions/gonative.bash"
COMP_WORDS=(${line.replaceAll('=', ' = ')}${line.endsWith(' ') ? " ''" : ''})
COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
$(complete -p gonative | sed 's/.* -F \\([^ ]*\\) .*/\\1/') gonative "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\\n' \${COMPREPLY[@]+"\${COMPREPLY[@]}"}`
    return run(['bash', '--norc', '-c', text], { cwd: home, env: env() })
  },
  // A shell within, on a pseudo terminal, whose compadd notes what it is given; ^X is pressed when TAB has been served.
  zsh: async (line) => {
    await put(
      join(home, 'inner.zsh'),
      `autoload -Uz compinit; compinit -u -d ~/.zcompdump
. ~/.zshrc
compadd() {
  if [[ \${@[1,(i)(-|--)]} != *-(O|A|D)\\ * ]]; then
    local -a hits
    builtin compadd -A hits "$@"
    print -rl -- $hits >>~/offered
  fi
  builtin compadd "$@"
}
zle-line-init() { : >~/ready }
served() { : >~/served }
zle -N zle-line-init
zle -N served
bindkey '^X' served
`,
    )
    const text = `zmodload zsh/zpty
rm -f ~/ready ~/served ~/offered; : >~/offered
zpty z zsh -f -i
zpty -w z '. ~/inner.zsh'
until [[ -e ~/ready ]]; do sleep 0.02; done
zpty -n -w z ${quoteSh(line)}$'\\t\\x18'
until [[ -e ~/served ]]; do sleep 0.02; done
zpty -d z
<~/offered`
    return run(['zsh', '-f', '-c', text], { cwd: home, env: env() })
  },
  fish: (line) =>
    run(['fish', '-c', 'complete -C $argv[1] | string replace -r "\\t.*" ""', line], { cwd: home, env: env() }),
  powershell: (line) => {
    const text = `. $HOME/.config/powershell/profile.ps1; [Management.Automation.CommandCompletion]::CompleteInput('${line}', ${line.length}, $null).CompletionMatches.CompletionText`
    return run(['pwsh', '-NoProfile', '-Command', text], { cwd: home, env: env() })
  },
}

const there = await Promise.all(
  shells.map(async (shell) => {
    const program = shell === 'powershell' ? 'pwsh' : shell
    const ran = await run(['/bin/sh', '-c', `command -v ${program}`], { cwd: '/', env: process.env })
    return ran.code === 0 ? [shell] : []
  }),
)

describe.each(there.flat())('%s', (shell) => {
  test.each(cases)('%j', async (line, offered, never) => {
    const words = await offeredBy(shell, line)
    expect(words).toEqual(expect.arrayContaining(offered))
    expect(words.filter((word) => never.includes(word))).toEqual([])
  })
})

test('every command and every flag is in every shell’s completions', async () => {
  for (const shell of shells) {
    const text = await readFile(await writeCompletions(shell, layout, Object.values(commands)), 'utf8')
    for (const { name, flags } of modelOf(Object.values(commands))) {
      for (const word of name.split(' ')) expect(text).toContain(word)
      for (const flag of flags) expect(text).toContain(shell === 'fish' ? `-l ${flag.name.slice(2)}` : flag.name)
    }
  }
})

test('the text for PowerShell, which these machines may not have, has its quotes and brackets in pairs', async () => {
  const text = await readFile(join(layout.home, 'completions', 'gonative.ps1'), 'utf8')
  const code = text
    .replace(/^#.*$/gm, '')
    .replace(/'(?:[^']|'')*'/g, '')
    .replace(/"[^"]*"/g, '')
  expect(code).not.toContain("'")
  const open: string[] = []
  for (const sign of code.replace(/#.*$/gm, '')) {
    if ('([{'.includes(sign)) open.push(sign)
    if (')]}'.includes(sign)) expect(`${open.pop() ?? ''}${sign}`).toMatch(/^(\(\)|\[\]|\{\})$/)
  }
  expect(open).toEqual([])
})
