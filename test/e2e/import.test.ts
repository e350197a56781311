import { appendFile, cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { User } from '../support/cli.js'
import { realUser } from '../support/real.js'
import { suiteDirectory } from '../support/suite.js'

/** Real trees, as goenv, asdf and mise have them. */
const directory = suiteDirectory()
let me: User
beforeAll(async () => {
  const other = await realUser(join(directory, 'other'))
  expect(await other.gonative('install', '--bare', '1.27.4', '1.19.13')).toMatchObject({ code: 0 })
  me = await realUser(join(directory, 'me'))
  const home = me.env.HOME ?? ''
  const places = {
    '.goenv/versions/1.19.13': 'go1.19.13',
    '.asdf/installs/golang/1.27.4/go': 'go1.27.4',
    '.gvm/gos/go1.27.4': 'go1.27.4',
  }
  for (const [place, name] of Object.entries(places)) {
    await mkdir(dirname(join(home, place)), { recursive: true })
    await cp(join(other.home, 'toolchains', name), join(home, place), { recursive: true })
  }
  await writeFile(join(home, '.tool-versions'), 'golang 1.27.4\n')
  await appendFile(join(home, '.gvm/gos/go1.27.4/src/fmt/print.go'), '// mine\n')
})

it('a tree with one line more is refused by its hash, with the file’s name', async () => {
  const ran = await me.gonative('import', 'gvm')
  expect(ran.code).toBe(3)
  expect(ran.stderr).toMatch(/refused by sumdb: .*the first difference: changed src\/fmt\/print\.go/)
})

it('trees as published are taken over, verified against the checksum database, and run', async () => {
  const ran = await me.gonative('import', '--all')
  expect(ran.stdout).toContain('copied go 1.27.4 of asdf, verified by sumdb')
  expect(ran.stdout).toContain('copied go 1.19.13 of goenv, verified by sumdb')
  for (const version of ['1.27.4', '1.19.13']) {
    expect((await me.run('go', ['version'], { GONATIVE_GO: version })).stdout).toContain(`go${version} `)
  }
  expect((await me.gonative('verify')).code).toBe(0)
})

it('one that is linked as it is builds a program', async () => {
  expect((await me.gonative('uninstall', '1.27.4')).code).toBe(0)
  expect((await me.gonative('import', 'gvm', '--link')).code).toBe(0)
  await writeFile(join(me.cwd, 'hello.go'), 'package main\nfunc main() { println("ran") }\n')
  expect(await me.run('go', ['run', 'hello.go'], { GONATIVE_GO: '1.27' })).toMatchObject({ code: 0, stderr: 'ran\n' })
})
