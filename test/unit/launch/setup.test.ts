import { chmod, lstat, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { applySetup, setupPlan, undoSetup } from '../../../src/launch/setup.js'
import { Layout } from '../../../src/store/layout.js'
import { difficultDirectory, put, run } from './fake-store.js'

let home: string
let layout: Layout
beforeEach(async () => {
  home = await difficultDirectory()
  layout = new Layout(join(home, '.gonative'))
})
afterEach(() => rm(dirname(home), { recursive: true }))

const files = async (request: Partial<Parameters<typeof setupPlan>[0]>): Promise<string[]> => {
  const plan = await setupPlan({ shell: 'bash', layout, home, env: {}, platform: 'linux', ...request })
  return plan.map(({ file }) => file.replace(`${home}/`, ''))
}

describe('the files of a shell', () => {
  test('bash', async () => {
    expect(await files({})).toEqual(['.bashrc'])
    expect(await files({ platform: 'darwin' })).toEqual(['.bashrc', '.bash_profile'])
    await put(join(home, '.profile'), '')
    expect(await files({ platform: 'darwin' })).toEqual(['.bashrc', '.profile'])
  })
  test('zsh', async () => {
    expect(await files({ shell: 'zsh' })).toEqual(['.zshrc'])
    expect(await files({ shell: 'zsh', env: { ZDOTDIR: '/z' } })).toEqual(['/z/.zshrc'])
  })
  test('fish', async () => {
    expect(await files({ shell: 'fish' })).toEqual(['.config/fish/conf.d/gonative.fish'])
    expect(await files({ shell: 'fish', env: { XDG_CONFIG_HOME: '/x' } })).toEqual(['/x/fish/conf.d/gonative.fish'])
  })
  test('PowerShell', async () => {
    const name = 'profile.ps1'
    expect(await files({ shell: 'powershell' })).toEqual([`.config/powershell/${name}`])
    expect(await files({ shell: 'powershell', platform: 'win32' })).toEqual([`Documents/PowerShell/${name}`])
  })
})

describe('setup', () => {
  const step = () => ({ file: join(home, '.bashrc'), lines: "PATH='/ü':$PATH\n" })

  test.each([
    ['empty', ''],
    ['with a last newline', 'a\nb\n'],
    ['without a last newline', 'a\nb'],
    ['with blank lines at the end', 'a\n\n\n'],
    ['of bytes that are no text, and CRLF', '\xff\xfe\x00\r\nb\r\n'],
  ])('of a file %s is undone byte for byte', async (_, text) => {
    const { file } = step()
    await writeFile(file, text, 'latin1')
    await chmod(file, 0o640)
    expect(await applySetup(step())).toBe(true)
    const after = await readFile(file)
    expect(after.toString('latin1').startsWith(text)).toBe(true)
    expect(after.toString()).toContain("PATH='/ü':$PATH\n")
    expect(await applySetup(step())).toBe(false)
    expect(await readFile(file)).toEqual(after)
    expect((await stat(file)).mode & 0o777).toBe(0o640)
    expect(await undoSetup(step())).toBe(true)
    expect(await readFile(file, 'latin1')).toBe(text)
    expect(await undoSetup(step())).toBe(false)
    expect(await readdir(home)).toEqual(['.bashrc'])
  })
  test('of a file that was not there is undone to no file', async () => {
    const fish = { ...step(), file: join(home, 'new', 'gonative.fish') }
    await applySetup(fish)
    expect(await applySetup(fish)).toBe(false)
    await undoSetup(fish)
    expect(await readdir(join(home, 'new'))).toEqual([])
  })
  test('leaves lines that were written after it', async () => {
    for (const text of ['a', 'a\n', '']) {
      await writeFile(step().file, text)
      await applySetup(step())
      await writeFile(step().file, 'b\n', { flag: 'a' })
      await undoSetup(step())
      expect(await readFile(step().file, 'utf8')).toBe(text === '' ? 'b\n' : 'a\nb\n')
    }
  })
  test('renews its block where it is', async () => {
    await writeFile(step().file, 'a\n')
    await applySetup(step())
    await writeFile(step().file, 'b\n', { flag: 'a' })
    expect(await applySetup({ ...step(), lines: 'new\n' })).toBe(true)
    expect(await readFile(step().file, 'utf8')).toBe('a\n\n# >>> gonative >>>\nnew\n# <<< gonative <<<\nb\n')
  })
  test('follows links, also one to nothing yet', async () => {
    await mkdir(join(home, 'dotfiles'))
    await symlink('dotfiles/bashrc', step().file)
    await applySetup(step())
    expect(await readFile(join(home, 'dotfiles', 'bashrc'), 'utf8')).toContain('# >>> gonative >>>')
    expect((await lstat(step().file)).isSymbolicLink()).toBe(true)
    await undoSetup(step())
    expect(await readdir(join(home, 'dotfiles'))).toEqual([])
  })
  test('refuses a block that has lost its end, and changes nothing', async () => {
    const text = 'a\n# >>> gonative >>>\nb\n'
    await writeFile(step().file, text)
    const damaged = expect.objectContaining({ code: 'SETUP_DAMAGED' }) as Error
    await expect(applySetup(step())).rejects.toThrow(damaged)
    await expect(undoSetup(step())).rejects.toThrow(damaged)
    expect(await readFile(step().file, 'utf8')).toBe(text)
  })
})

test.each(['bash', 'zsh', 'fish'] as const)('a new %s has the shims on its PATH', async (shell) => {
  const PATH = process.env.PATH ?? ''
  const there = await run(['/bin/sh', '-c', `command -v ${shell}`], { cwd: '/', env: { PATH } })
  if (there.code !== 0) return
  const env = { PATH, HOME: home, TERM: 'dumb', LC_ALL: 'C.UTF-8' } // fish keeps no other bytes in the C locale
  for (const step of await setupPlan({ shell, layout, home, env, platform: 'linux' })) await applySetup(step)
  const show = shell === 'fish' ? 'echo $PATH[1]' : 'echo "${PATH%%:*}"'
  const { stdout } = await run([shell, '-i', '-c', show], { cwd: home, env })
  expect(stdout.trim().split('\n').at(-1)).toBe(layout.shims)
})
