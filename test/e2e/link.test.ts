import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../support/cli.js'
import { realUser } from '../support/real.js'
import { suiteDirectory } from '../support/suite.js'

/** A real Go that gonative did not install, as far as the store knows. */
const directory = suiteDirectory()
const goroot = join(directory, 'usr local', 'go')
let me: User
beforeAll(async () => {
  const other = await realUser(join(directory, 'other'))
  expect(await other.gonative('install', '--bare', '1.27.4')).toMatchObject({ code: 0 })
  await mkdir(join(directory, 'usr local'))
  await rename(join(other.home, 'toolchains', 'go1.27.4'), goroot)
  me = await realUser(join(directory, 'me'))
  await writeFile(join(me.cwd, 'go.mod'), 'module x\n\ngo 1.27.0\n')
  await writeFile(
    join(me.cwd, 'main.go'),
    'package main\n\n// int answer(void) { return 42; }\nimport "C"\n\nfunc main() { println(int(C.answer())) }\n',
  )
})

describe('a real Go that is linked', () => {
  it('is in force as the default, for it satisfies go.mod', async () => {
    expect((await me.gonative('link', 'system', goroot)).code).toBe(0)
    expect((await me.gonative('current')).stdout).toMatch(
      /^go system: the default; .*go\.mod:3 asks for at least 1\.27\.0\n$/,
    )
    expect((await me.run('go', ['env', 'GOROOT'])).stdout).toBe(`${goroot}\n`)
  })

  it('cross-compiles cgo with a graft, whose files are not in it', async () => {
    expect(await me.gonative('graft', 'linux/arm64')).toMatchObject({ code: 0 })
    const ran = await me.run('go', ['build', '-o', 'x', '.'], { GOOS: 'linux', GOARCH: 'arm64' })
    expect(ran).toMatchObject({ code: 0 })
    expect((await me.gonative('inspect', 'x')).stdout).toMatch(/linux\/arm64[^]*cgo/)
    expect((await me.gonative('uninstall', 'system')).stdout).toContain(`${goroot} stays as it is`)
    expect((await me.run(join(goroot, 'bin', 'go'), ['version'])).stdout).toContain('go1.27.4')
  })
})
