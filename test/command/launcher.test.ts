/** The installed `gonative`, which answers some commands without Node, against the same commands in Node. */
import { access, chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { user, type Ran, type User } from '../support/cli.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'
import { suiteDirectory } from '../support/suite.js'

let proxy: GoProxy
let me: User
/** A PATH on which no Node is, and nothing that the launcher could start instead. */
let withoutNode: string
const directory = suiteDirectory()
beforeAll(async () => {
  proxy = await serveGo()
  for (const version of ['1.9.7', '1.96.3', '1.97.1', '1.97.2', '1.98.1']) proxy.publish(version)
  me = await user(join(directory, `a "b" 'c' $d é\\`), proxy.env)
  await me.gonative('install', '1.98.1', '1.97.1', '1.97.2', '--bare')
  withoutNode = join(directory, 'bin')
  await mkdir(withoutNode)
  for (const name of ['sh', 'env', 'true', 'printf']) {
    await writeFile(join(withoutNode, name), `#!/bin/sh\nexec /usr/bin/${name} "$@"\n`, { mode: 0o755 })
  }
})
afterAll(() => proxy.close())

const launcher = (args: string[], env: Record<string, string> = {}): Promise<Ran> => me.run('gonative', args, env)
const node = async (args: string[], env: Record<string, string> = {}): Promise<Ran> => {
  const other = await user(join(me.home, '..'), { ...me.env, ...env })
  return other.gonative(...args)
}

describe('the launcher says and does what Node does', () => {
  const files: Record<string, Record<string, string>> = {
    'by default': {},
    'a pin': { '.go-version': '1.97.1\n' },
    'a line': { '.go-version': 'go1.97\n' },
    'a tool-versions': { '.tool-versions': 'golang 1.98.1\n' },
    'a satisfied minimum': { 'go.mod': 'module m\n\ngo 1.97.0\n' },
    'a missing pin': { '.go-version': '1.96.3\n' },
    'a missing line': { '.go-version': '# x\n1.96\n' },
    'a missing minimum': { 'go.mod': 'module m\n\ngo 1.99.1\n' },
    'a path': { '.go-version': '../evil\n' },
  }
  it.each(Object.keys(files))('with %s', async (name) => {
    for (const [file, text] of Object.entries(files[name] ?? {})) await writeFile(join(me.cwd, file), text)
    for (const args of [['current'], ['which'], ['exec', '--', 'go', 'version']]) {
      expect([args, await launcher(args)]).toEqual([args, await node(args)])
    }
    for (const file of Object.keys(files[name] ?? {})) await rm(join(me.cwd, file))
  })

  it.each([
    ['current', { GONATIVE_GO: '1.97.1' }],
    ['current', { GONATIVE_GO: '1.97' }],
    ['current', { GONATIVE_GO: '1.95' }],
    ['current', { GONATIVE_GO: '--x' }],
    ['which gofmt --go 1.97', {}],
    ['which --go 1.5', {}],
    ['which --go nothing', {}],
    ['which vet', {}],
    ['current --json', {}],
    ['which --json', {}],
    ['exec --go 1.97.1 go version', {}],
    ['exec --go latest -- go version', {}],
    ['exec --go 1.5 -- go version', {}],
    ['exec --target plan9/x -- go version', {}],
    ['exec --no-such-flag', {}],
    ['exec', {}],
    ['exec -- no-such-program', {}],
    ['exec -- sh -c exit_7', {}],
    ['--no-such-flag', {}],
  ])('%s %j', async (line, env) => {
    const args = line.split(' ').map((word) => word.replace('_', ' '))
    expect(await launcher(args, env)).toEqual(await node(args, env))
  })

  it('where no Go version is in force', async () => {
    const empty = join(me.home, '..', 'empty')
    await mkdir(join(empty, 'shims'), { recursive: true })
    for (const args of [['current'], ['exec', 'true']]) {
      expect(await launcher(args, { GONATIVE_HOME: empty })).toEqual(await node(args, { GONATIVE_HOME: empty }))
    }
  })
})

it('the launcher starts no Node for exec, which and current, and gives back what was installed', async () => {
  const shim = join(me.home, 'shims', 'gonative')
  const text = await readFile(shim, 'utf8')
  await writeFile(shim, text.replaceAll(process.execPath, '/no/node'))
  const PATH = `${join(me.home, 'shims')}:${withoutNode}`
  expect(await launcher(['current'], { PATH })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('1.98.1') as string,
  })
  expect((await launcher(['exec', '--go', '1.97', '--', 'go', 'version'], { PATH })).stdout).toContain('go1.97.2')
  const missing = await launcher(['exec', 'go'], { PATH, GONATIVE_GO: '1.96' })
  const stderr = 'gonative: go 1.96 is not installed (asked for by GONATIVE_GO); run: gonative install 1.96\n'
  expect(missing).toEqual({ code: 5, stdout: '', stderr })
  await writeFile(shim, text)
  await chmod(shim, 0o755)
})

describe('autoInstall', () => {
  const installed = (version: string) => access(join(me.home, 'toolchains', `go${version}.receipt.json`))

  it('installs what is missing before it runs, for exec and for the go shim', async () => {
    const file = join(me.home, 'config.json')
    const before = await readFile(file, 'utf8')
    const config = { ...(JSON.parse(before) as object), autoInstall: true }
    await writeFile(file, JSON.stringify(config, null, '\t'))
    await writeFile(join(me.cwd, '.go-version'), '1.96\n')
    const first = await me.run('go', ['version'])
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^go version go1\.96\.3 .*\n$/) as string })
    expect(first.stderr).toContain('go 1.96 is not installed')
    expect(await me.run('go', ['version'])).toMatchObject({ code: 0, stderr: '' })
    const old = await launcher(['exec', '--go', '1.9.7', '--', 'go', 'version'])
    expect(old).toMatchObject({ code: 0, stdout: expect.stringContaining('go1.9.7') as string })
    await installed('1.9.7')
    const failed = await me.run('go', ['version'], { GONATIVE_GO: '1.55' })
    expect([failed.code, failed.stdout]).toEqual([5, ''])
    await rm(join(me.cwd, '.go-version'))
    await writeFile(file, before)
  })

  it('is not set by itself: what is missing stays so', async () => {
    const ran = await me.run('go', ['version'], { GONATIVE_GO: '1.99' })
    expect(ran).toMatchObject({ code: 5, stderr: expect.stringContaining('run: gonative install 1.99\n') as string })
  })
})
