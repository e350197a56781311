import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { quotePowershell } from '../../../src/launch/quote.js'
import { detectShell, envScript, shells } from '../../../src/launch/shells.js'
import { Layout } from '../../../src/store/layout.js'
import { difficultDirectory, run } from './fake-store.js'

let directory: string
let layout: Layout
beforeAll(async () => {
  directory = await difficultDirectory()
  layout = new Layout(directory)
})
afterAll(() => rm(dirname(directory), { recursive: true }))

const strict = { bash: 'set -eu\n', zsh: 'set -eu\n', fish: '' }

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  test.each([
    ['/usr/bin:/bin', ['/usr/bin', '/bin']],
    ['/usr/bin:SHIMS:/bin:SHIMS', ['/usr/bin', '/bin']],
    ['SHIMS:/usr/bin:/bin', ['/usr/bin', '/bin']],
    ['SHIMSx:/usr/bin:/bin', ['SHIMSx', '/usr/bin', '/bin']],
    ['SHIMS', []],
  ])('evaluates to the shims first, and once, with PATH=%s', async (PATH, rest) => {
    const at = (text: string): string => text.replaceAll('SHIMS', layout.shims)
    const [there] = (await run(['/bin/sh', '-c', `command -v ${shell}`], { cwd: '/', env: process.env })).stdout.split(
      '\n',
    )
    if (!there) return
    const script = envScript(shell, layout)
    const show = `echo "PATH="(string join : $PATH)`
    const text = `${strict[shell]}${script}${script}${shell === 'fish' ? show : 'echo "PATH=$PATH"'}\n`
    const env = { PATH: at(PATH), HOME: directory, LC_ALL: 'C.UTF-8' } // fish keeps no other bytes in the C locale
    const args = { bash: ['--norc'], zsh: ['-f'], fish: ['--no-config'] }[shell]
    const { code, stdout, stderr } = await run([there, ...args, '-c', text], { cwd: directory, env })
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `PATH=${[layout.shims, ...rest.map(at)].join(':')}\n`,
      stderr: '',
    })
  })
})

test('an empty or missing PATH is no reason to have the current directory on it', async () => {
  for (const PATH of ['', undefined]) {
    const command = [
      '/bin/bash',
      '--norc',
      '-c',
      `set -eu\n${PATH === undefined ? 'unset PATH\n' : ''}${envScript('bash', layout)}echo "$PATH"`,
    ]
    expect((await run(command, { cwd: '/', env: { PATH } })).stdout).toBe(`${layout.shims}\n`)
  }
})

test('PowerShell takes typographic quotes for quotes', () => {
  expect(quotePowershell(`a'b\u2019c$d\`e`)).toBe(`'a''b\u2019\u2019c$d\`e'`)
  expect(envScript('powershell', new Layout(`/a'b`))).toContain(`'/a''b/shims'`)
})

test.each([
  [{ SHELL: '/bin/bash' }, 'bash'],
  [{ SHELL: '/usr/local/bin/fish' }, 'fish'],
  [{ SHELL: '/usr/bin/pwsh' }, 'powershell'],
  [{ SHELL: '/bin/tcsh' }, undefined],
  [{ PSModulePath: 'x' }, 'powershell'],
  [{}, undefined],
])('%j has the shell %s', (env, shell) => {
  expect(detectShell(env)).toBe(shell)
  expect(shell === undefined || shells.includes(shell as 'bash')).toBe(true)
})
