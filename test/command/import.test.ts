import { appendFile, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { user, type User } from '../support/cli.js'
import { temporaryDirectory } from '../support/context.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'
import { suiteDirectory } from '../support/suite.js'

let proxy: GoProxy
/** GOROOTs as their publisher's archive has them, by version. */
let published: User
const shared = suiteDirectory()
beforeAll(async () => {
  proxy = await serveGo()
  for (const version of ['1.98.1', '1.98.2', '1.97.5']) proxy.publish(version)
  published = await user(join(shared, 'publisher'), proxy.env)
  expect((await published.gonative('install', '1.98.1', '1.98.2', '1.97.5', '--bare')).code).toBe(0)
})
afterAll(() => proxy.close())

let me: User
let home: string
beforeEach(async () => {
  me = await user(join(await temporaryDirectory(), 'a "user"'), proxy.env)
  home = me.env.HOME ?? ''
})

/** A version's GOROOT, as another manager has put it there. */
async function place(version: string, ...path: string[]): Promise<string> {
  const directory = join(home, ...path)
  await mkdir(dirname(directory), { recursive: true })
  await cp(join(published.home, 'toolchains', `go${version}`), directory, { recursive: true })
  return directory
}

async function put(text: string, ...path: string[]): Promise<void> {
  await mkdir(dirname(join(home, ...path)), { recursive: true })
  await writeFile(join(home, ...path), text)
}

interface Row {
  manager: string
  version: string
  directory: string
  chosen: boolean
  done: string
}
const rows = async (...args: string[]): Promise<Row[]> =>
  JSON.parse((await me.gonative('import', ...args, '--json')).stdout) as Row[]

describe('import alone', () => {
  it('finds the versions and the choice of each manager, and changes nothing', async () => {
    await place('1.98.1', '.goenv/versions/1.98.1')
    await place('1.97.5', '.goenv/versions/1.97.5')
    await put('# mine\n1.97.5\n', '.goenv/version')
    await place('1.98.1', '.asdf/installs/golang/1.98.1/go')
    await put('nodejs 20.1.0\ngolang 1.98 # newest\n', '.tool-versions')
    await place('1.98.2', '.local/share/mise/installs/go/1.98.2')
    await symlink('1.98.2', join(home, '.local/share/mise/installs/go/1.98'))
    await put('[settings]\ngo = "9"\n[tools]\nnode = "20"\ngo = { version = "1.98" }\n', '.config/mise/config.toml')
    await place('1.98.1', '.gvm/gos/go1.98.1')
    await put('export gvm_go_name; gvm_go_name="go1.98.1"\n', '.gvm/environments/default')
    await place('1.98.1', '.g/versions/1.98.1')
    await symlink(join(home, '.g/versions/1.98.1'), join(home, '.g/go'))
    await place('1.98.2', '.go/.versions/1.98.2')
    await put('go1.98.2\n', '.go/VERSION')
    await mkdir(join(home, '.goenv/versions/1.90.0'))
    const found = (await rows()).map(({ manager, version, chosen, done }) => [manager, version, chosen, done])
    expect(found).toEqual([
      ['goenv', '1.97.5', true, 'found'],
      ['goenv', '1.98.1', false, 'found'],
      ['asdf', '1.98.1', true, 'found'],
      ['mise', '1.98.2', true, 'found'],
      ['gvm', '1.98.1', true, 'found'],
      ['g', '1.98.1', true, 'found'],
      ['g', '1.98.2', true, 'found'],
    ])
    expect((await me.gonative('import')).stdout).toMatch(/^\* {2}goenv +1\.97\.5 .* would be copied and verified$/m)
    expect((await me.gonative('list', '--json')).stdout).toBe('[]\n')
  })

  it('looks where the managers’ own variables say', async () => {
    await place('1.98.1', 'elsewhere/versions/1.98.1')
    me.env.GOENV_ROOT = join(home, 'elsewhere')
    expect(await rows('goenv')).toMatchObject([{ version: '1.98.1', done: 'copied' }])
  })

  it('with nothing there is exit 5, and says where it looked', async () => {
    const ran = await me.gonative('import')
    expect(ran).toMatchObject({ code: 5, stderr: expect.stringContaining('GOENV_ROOT') as string })
  })
})

describe('import by copying', () => {
  it('verifies each version as an install is, makes the choice the default, and leaves the manager alone', async () => {
    const theirs = await place('1.98.1', '.goenv/versions/1.98.1')
    await place('1.97.5', '.goenv/versions/1.97.5')
    await put('1.97.5\n', '.goenv/version')
    // What a distribution has and its module has not, is vouched for by nobody and left out.
    await put('package main\n', '.goenv/versions/1.98.1/test/evil.go')
    const before = await readdir(theirs, { recursive: true })
    const ran = await me.gonative('import', 'goenv')
    expect(ran).toMatchObject({ code: 0 })
    expect(ran.stdout).toContain('copied go 1.98.1 of goenv, verified by sumdb')
    expect(ran.stdout).toContain('go 1.97.5 is the default, as with goenv')
    expect(await readdir(theirs, { recursive: true })).toEqual(before)
    await rm(join(home, '.goenv'), { recursive: true })
    expect((await me.gonative('verify')).stdout).toContain('go 1.98.1: all 4 files are as installed')
    expect((await me.run('go', ['version'])).stdout).toContain('go1.97.5')
    expect((await me.run('go', ['version'], { GONATIVE_GO: '1.98' })).stdout).toContain('go1.98.1')
    const list = JSON.parse((await me.gonative('list', '--json')).stdout) as { source: string; verified: unknown[] }[]
    expect(list.map(({ source, verified }) => [source, verified.length])).toEqual([
      ['goenv', 1],
      ['goenv', 1],
    ])
  })

  it('refuses a tree that differs, names the first file, takes the others over, and offers to link', async () => {
    const bad = await place('1.98.1', '.gvm/gos/go1.98.1')
    await place('1.97.5', '.gvm/gos/go1.97.5')
    await put('./bin\n', '.gvm/gos/go1.97.5/manifest') // gvm's own
    await appendFile(join(bad, 'bin', 'gofmt'), '# mine\n')
    const ran = await me.gonative('import', 'gvm')
    expect(ran.code).toBe(3)
    expect(ran.stderr).toMatch(/is refused by sumdb: .*h1:.*; the first difference: changed bin\/gofmt/)
    expect(ran.stderr).toContain('gonative import gvm --link')
    expect(ran.stdout).toContain('copied go 1.97.5')
    expect((await readdir(join(me.home, 'toolchains'))).filter((name) => name.includes('1.98'))).toEqual([])
    expect(await readdir(join(me.home, 'staging'))).toEqual([])
  })

  it.each([
    ['added', 'src/more.go'],
    ['missing', 'VERSION'],
  ])('names a file that is %s', async (what, path) => {
    const tree = await place('1.98.1', '.goenv/versions/1.98.1')
    if (what === 'added') await writeFile(join(tree, path), 'package more\n')
    else {
      await rm(join(tree, path))
      await writeFile(join(tree, 'VERSION.cache'), 'go1.98.1') // so that it is still known as that version
    }
    const ran = await me.gonative('import', 'goenv')
    expect(ran.code).toBe(3)
    expect(ran.stderr).toContain(`the first difference: ${what} ${path}`)
  })

  it('refuses links within a tree, and what nobody vouches for', async () => {
    const tree = await place('1.98.1', '.goenv/versions/1.98.1')
    await symlink('/etc', join(tree, 'src', 'etc'))
    expect(await me.gonative('import', 'goenv')).toMatchObject({ code: 3 })
    await rm(join(tree, 'src', 'etc'))
    me.env.GOSUMDB = 'off'
    const ran = await me.gonative('import', 'goenv')
    expect(ran).toMatchObject({ code: 3, stderr: expect.stringContaining('nothing vouches for') as string })
    expect(JSON.parse((await me.gonative('list', '--json')).stdout)).toEqual([])
  })

  it('of a version that is there does nothing', async () => {
    await place('1.98.1', '.goenv/versions/1.98.1')
    await place('1.98.1', '.g/versions/1.98.1')
    expect((await rows('--all')).map(({ done }) => done)).toEqual(['copied', 'there'])
    expect((await rows('goenv', '--link')).map(({ done }) => done)).toEqual(['there'])
  })
})

describe('import by linking', () => {
  // The go of these trees is a script, which is no GOROOT's: the real one is a program.
  const asProgram = async (tree: string): Promise<void> => {
    await rm(join(tree, 'bin', 'go'))
    await cp('/bin/true', join(tree, 'bin', 'go'))
  }

  it('has the version under its own number, unverified, and in the place that it had', async () => {
    const tree = await place('1.98.1', '.goenv/versions/1.98.1')
    await asProgram(tree)
    await put('1.98.1\n', 'work/.go-version')
    const ran = await me.gonative('import', 'goenv', '--link')
    expect(ran).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`linked go 1.98.1 to ${tree}; not verified`) as string,
    })
    expect((await me.gonative('list')).stdout).toContain('not verified: it is yours')
    expect((await me.run('go', ['version'], { GONATIVE_GO: '1.98' })).code).toBe(0)
    const install = await me.gonative('install', '1.98.1', '--bare')
    expect(install.stdout).toContain(`is there as a link to ${tree}`)
    await rm(tree, { recursive: true })
    const gone = await me.gonative('exec', '--', 'go', 'version')
    expect(gone.stderr).toContain('gonative uninstall 1.98.1, then gonative install 1.98.1')
    expect((await me.gonative('uninstall', '1.98.1')).code).toBe(0)
    expect((await me.gonative('install', '1.98.1', '--bare')).code).toBe(0)
    expect(await readFile(join(me.home, 'toolchains/go1.98.1/VERSION'), 'utf8')).toBe('go1.98.1\n')
  })
})
