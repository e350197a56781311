// What `env --use-on-cd` prints, evaluated in real interactive shells that read their commands from standard input. The
// launcher is a stand-in that notes each call: how it decides is tested elsewhere.
import { spawn } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changedFile, onCdScript } from '../../../src/launch/on-cd.js'
import { Layout } from '../../../src/store/layout.js'
import { difficultDirectory, put, run } from './fake-store.js'

let directory: string
let layout: Layout
let log: string
beforeEach(async () => {
  directory = await difficultDirectory()
  layout = new Layout(join(directory, 'store'))
  log = join(directory, 'calls')
  await put(
    join(layout.shims, 'gonative'),
    `#!/bin/sh
echo "$@" >>"\${0%/*}/../../calls"
IFS= read -r version <.go-version || version=
case \${GONATIVE_GO:-$version} in
'') echo "gonative: no Go is in force here" >&2; exit 5 ;;
1.30.0) echo "gonative: go 1.30.0 is not installed" >&2; exit 5 ;;
esac
echo "a warning" >&2
store=$GONATIVE_HOME
echo "$store/toolchains/go\${GONATIVE_GO:-$version}/bin/go"
`,
    0o755,
  )
  for (const version of ['1.22.12', '1.27.4']) await put(join(directory, version, '.go-version'), `${version}\n`)
  await put(join(directory, 'missing', '.go-version'), '1.30.0\n')
  await mkdir(join(directory, 'none'))
})
afterEach(() => rm(dirname(directory), { recursive: true }))

const bin = (version: string): string => join(layout.toolchain({ tool: 'go', version }), 'bin')
const calls = async (): Promise<number> => (await readFile(log, 'utf8').catch(() => '')).split('\n').length - 1
const path = '/usr/bin:/bin'

/** fish is interactive on a terminal only, which script(1) gives it; its prompts and its echo are in what is read then. */
const interactive = {
  bash: ['bash', '--norc', '--noprofile', '-i'],
  zsh: ['zsh', '-f', '-i'],
  fish: ['script', '-qec', 'fish --no-config -i', '/dev/null'],
}

/** What each `show` of an interactive shell printed, and all that was said. */
async function session(
  shell: keyof typeof interactive,
  lines: string[],
  PATH = path,
): Promise<{ shown: string[]; said: string }> {
  const show = shell === 'fish' ? 'function show; echo "<"(string join : $PATH)">"; end' : 'show() { echo "<$PATH>"; }'
  await put(join(directory, 'script'), onCdScript(shell, layout))
  const load = shell === 'fish' ? 'source ../script' : '. ../script'
  const text = [show, ...lines.map((line) => line.replace(/^load$/, load))].join('\n')
  const env = { PATH, HOME: directory, TERM: 'dumb', LC_ALL: 'C.UTF-8' }
  const [command = '', ...args] = interactive[shell]
  const child = spawn(command, args, { cwd: join(directory, 'none'), env, stdio: 'pipe' })
  child.stdin.end(`${text}\nexit\n`)
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  await new Promise((resolve) => child.once('close', resolve))
  return { shown: [...stdout.matchAll(/^<(.*)>\r?$/gm)].map(([, text = '']) => text), said: stdout + stderr }
}

const there = await Promise.all(
  (['bash', 'zsh', 'fish'] as const).map(async (shell) => {
    const ran = await run(['/bin/sh', '-c', `command -v ${shell}`], { cwd: '/', env: process.env })
    return ran.code === 0 ? [shell] : []
  }),
)

describe.each(there.flat())('%s', (shell) => {
  const and = shell === 'fish' ? '; and' : ' &&'
  test('has the Go of each directory on PATH, and none of it where there is none', async () => {
    const { shown } = await session(shell, [
      ...[
        'load',
        'show',
        'cd ../1.22.12',
        'show',
        'cd ../1.27.4',
        'show',
        'cd ../none',
        'show',
        'cd ../1.27.4',
        'show',
      ],
    ])
    const with22 = `${bin('1.22.12')}:${path}`
    const with27 = `${bin('1.27.4')}:${path}`
    expect(shown).toEqual([path, with22, with27, path, with27])
  })

  test('replaces its entry where it stands, and keeps one however often it is evaluated', async () => {
    const ahead = shell === 'fish' ? 'set PATH /venv $PATH' : 'PATH=/venv:$PATH'
    const { shown } = await session(
      shell,
      [
        'load',
        'cd ../1.27.4',
        'cd ../1.22.12',
        ahead,
        'cd ../1.27.4',
        'show',
        'load',
        'load',
        'show',
        'cd ../none',
        'show',
      ],
      `/a:/usr/bin:/bin`,
    )
    const inPlace = `/venv:${bin('1.27.4')}:/a:/usr/bin:/bin`
    expect(shown).toEqual([inPlace, inPlace, '/venv:/a:/usr/bin:/bin'])
  })

  test('finds the entry of the shell that it was started from', async () => {
    const { shown } = await session(shell, ['load', 'show'], `/a:${bin('1.22.12')}:/b:${bin('1.27.4')}:${path}`)
    expect(shown).toEqual([`/a:/b:${path}`])
  })

  test('asks gonative only when something has changed', async () => {
    await session(shell, ['load', ...Array.from({ length: 5 }, () => 'true'), 'show'])
    expect(await calls()).toBe(2) // once for the answer, and once for why there is none
    await rm(log)
    await session(shell, ['load', 'cd ../1.22.12', 'true', 'true', 'cd .', 'show'])
    expect(await calls()).toBe(2 + 1)
  })

  test('notices GONATIVE_GO, the pin that is written here, and what has changed in the store', async () => {
    const set = shell === 'fish' ? 'set -gx GONATIVE_GO 1.22.12' : 'export GONATIVE_GO=1.22.12'
    const unset = shell === 'fish' ? 'set -e GONATIVE_GO' : 'unset GONATIVE_GO'
    const { shown } = await session(shell, [
      ...['load', set, 'show', unset, 'echo 1.27.4 >.go-version', 'show'],
      ...['rm .go-version', 'show', 'mkdir -p ../store/env', 'echo 1 >../store/env/changed', 'show'],
    ])
    expect(shown).toEqual([`${bin('1.22.12')}:${path}`, `${bin('1.27.4')}:${path}`, path, path])
    expect(changedFile(layout)).toBe(join(directory, 'store', 'env', 'changed'))
    expect(await calls()).toBe(2 + 1 + 2 + 1 + 2 + 2)
  })

  test('knows its entries whatever GONATIVE_HOME is later', async () => {
    const set = shell === 'fish' ? 'set -gx GONATIVE_HOME /other' : 'export GONATIVE_HOME=/other'
    const { shown } = await session(shell, ['load', 'cd ../1.22.12', set, 'cd ../1.27.4', 'show', 'cd ../none', 'show'])
    expect(shown).toEqual([`${bin('1.27.4')}:${path}`, path])
  })

  test('says once what is not installed, and has no other version there', async () => {
    const { shown, said } = await session(shell, ['load', 'cd ../1.22.12', 'cd ../missing', 'true', 'show'])
    expect(shown).toEqual([path])
    expect(said.match(/gonative: go 1\.30\.0 is not installed/g)).toHaveLength(1)
    expect(said).not.toContain('a warning')
  })

  test('leaves the status of the last command as it was', async () => {
    const status = shell === 'fish' ? 'status' : '?'
    const { shown } = await session(shell, ['load', `cd ../1.22.12${and} sh -c "exit 3"`, `echo "<$${status}>"`])
    expect(shown).toEqual(['3'])
  })
})

describe('bash', () => {
  test.each([
    ['a string', `PROMPT_COMMAND='echo "<mine $?>"'`, ['mine 0', 'mine 3']],
    ['an array', `PROMPT_COMMAND=('echo "<one $?>"' 'echo "<two $?>"')`, ['one 0', 'two 0', 'one 3', 'two 3']],
  ])("runs the user's own PROMPT_COMMAND, %s, with its status", async (_, line, expected) => {
    const { shown } = await session('bash', [line, 'load', 'load', '(exit 3)'])
    expect(shown.slice(-expected.length)).toEqual(expected)
  })
})

describe.each(there.flat().filter((shell) => shell !== 'fish'))('%s with set -eu', (shell) => {
  test('goes on, also where nothing is in force', async () => {
    const { shown } = await session(shell, [
      'set -eu',
      'load',
      'show',
      'cd ../missing',
      'show',
      'cd ../1.22.12',
      'show',
    ])
    expect(shown).toEqual([path, path, `${bin('1.22.12')}:${path}`])
  })
  test('works in a script, which has no prompt', async () => {
    await put(join(directory, 'script'), onCdScript(shell, layout))
    const text = 'set -eu\n. ../script\necho "$PATH"'
    const args = shell === 'bash' ? ['--norc', '-c', text] : ['-f', '-c', text]
    const cwd = join(directory, '1.27.4')
    const ran = await run([`/usr/bin/${shell}`, ...args], { cwd, env: { PATH: path, HOME: directory } })
    expect(ran).toEqual({ code: 0, stdout: `${bin('1.27.4')}:${path}\n`, stderr: '' })
  })
})
