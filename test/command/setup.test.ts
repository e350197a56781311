import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { user, type User } from '../support/cli.js'
import { temporaryDirectory } from '../support/context.js'

let me: User
let home: string
beforeEach(async () => {
  me = await user(join(await temporaryDirectory(), 'a home'))
  home = me.env.HOME ?? ''
})

const files = {
  bash: '.bashrc',
  zsh: '.zshrc',
  fish: '.config/fish/conf.d/gonative.fish',
  powershell: '.config/powershell/profile.ps1',
}

describe.each(Object.entries(files))('setup for %s', (shell, file) => {
  it('is done once, with completions, and undone byte for byte', async () => {
    const path = join(home, file)
    const before = 'export A=1\r\n# no newline at the end'
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, before)
    expect((await me.gonative('setup', '--shell', shell)).stdout).toBe(`added to ${path}\n`)
    const after = await readFile(path, 'utf8')
    expect(after).toContain('/completions/')
    expect((await readdir(join(me.home, 'completions'), { recursive: true })).join()).toContain('gonative')
    expect((await me.gonative('setup', '--shell', shell)).stdout).toBe(`${path} is set up already\n`)
    expect(await readFile(path, 'utf8')).toBe(after)
    expect((await me.gonative('setup', '--shell', shell, '--undo')).stdout).toBe(`removed from ${path}\n`)
    expect(await readFile(path, 'utf8')).toBe(before)
    const left = await readdir(join(me.home, 'completions'), { recursive: true, withFileTypes: true })
    expect(left.filter((entry) => entry.isFile())).toEqual([])
  })
})

describe('use', () => {
  it("never touches a shell's files", async () => {
    await me.gonative('use', '1.27')
    await me.gonative('use', '1.27', '--local')
    expect(await readdir(home)).toEqual([])
  })
})
