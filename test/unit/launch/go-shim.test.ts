import { access, mkdir, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatEnv } from '../../../src/launch/env-files.js'
import type { Layout } from '../../../src/store/layout.js'
import { difficultDirectory, environmentOf, fakeStore, put, run, shellsHere, type Ran } from './fake-store.js'

const shells = await shellsHere()
const arm64 = { CC: 'gonative-cc zig-arm64-12345678', CXX: 'gonative-c++ zig-arm64-12345678', CGO_ENABLED: '1' }
const amd64 = { CC: 'gonative-cc zig-amd64-12345678', CGO_ENABLED: '1', GOAMD64: 'v2' }
const arm = { CC: 'gonative-cc zig-arm-12345678', CGO_ENABLED: '1', GOARM: '6' }
const onArm64 = { GOOS: 'linux', GOARCH: 'arm64' }

let directory: string
let cwd: string
let layout: Layout
/** A PATH without any compiler, and one with gcc. */
let bare: string
let withGcc: string

beforeAll(async () => {
  directory = await difficultDirectory()
  cwd = join(directory, 'empty')
  bare = join(directory, 'bare')
  withGcc = `${join(directory, 'gcc')}:${bare}`
  await Promise.all([mkdir(cwd), mkdir(bare)])
  await symlink('/usr/bin/env', join(bare, 'env'))
  await put(join(directory, 'gcc', 'gcc'), '#!/bin/sh\n', 0o755)
  layout = await fakeStore(directory, ['1.27.4', '1.12.17', '1.4.3'], '1.27.4')
  const files = { 'linux-arm64': arm64, 'linux-amd64': amd64, 'linux-arm': arm, 'windows-amd64': { ...amd64, AR: 'x' } }
  for (const version of ['1.27.4', '1.12.17', '1.4.3']) {
    for (const [name, env] of Object.entries(files)) await putEnv(version, name, formatEnv(env))
  }
  await putEnv('1.4.3', 'toolchain', formatEnv({ GOROOT: layout.toolchain({ tool: 'go', version: '1.4.3' }) }))
})
afterAll(() => rm(dirname(directory), { recursive: true }))

const putEnv = (version: string, name: string, text: string): Promise<string> =>
  put(join(layout.env({ tool: 'go', version }), name), text)

/** Runs the shim in every shell, and returns what all of them say. */
async function shim(env: Record<string, string | undefined>, args: string[] = [], name = 'go'): Promise<Ran> {
  const command = [join(layout.shims, name), ...args]
  const options = { cwd, env: { PATH: withGcc, HOME: directory, ...env } }
  const direct = await run(command, options)
  const others = await Promise.all(
    shells.map((shell) => run([...shell, ...command], { ...options, env: { ...options.env, PATH: process.env.PATH } })),
  )
  for (const other of others) expect({ ...other, stdout: '' }).toEqual({ ...direct, stdout: '' })
  if (env.PATH === undefined) {
    const ours = (ran: Ran) => interesting(environmentOf(ran.stdout))
    for (const other of others) expect(ours(other)).toEqual(ours(direct))
  }
  return direct
}

/** The variables that builds look at. */
function interesting(env: Record<string, string>): Record<string, string> {
  const names = Object.entries(env).filter(([name]) => /^(C|GO|AR$)/.test(name) && name !== 'GONATIVE_SET')
  return Object.fromEntries(names)
}

const seen = async (env: Record<string, string | undefined>): Promise<Record<string, string>> =>
  interesting(environmentOf((await shim(env)).stdout))

describe('the env file of the target', () => {
  test('gives a build its compilers, and the shims are on its PATH to find them', async () => {
    const env = environmentOf((await shim(onArm64)).stdout)
    expect(interesting(env)).toEqual({ ...onArm64, ...arm64 })
    expect(env.PATH).toBe(`${layout.shims}:${withGcc}`)
  })
  test('leaves a PATH alone that has the shims', async () => {
    const PATH = `${bare}:${layout.shims}`
    expect(environmentOf((await shim({ ...onArm64, PATH })).stdout).PATH).toBe(PATH)
  })
  test('does nothing for a target without one', async () => {
    const wasm = { GOOS: 'js', GOARCH: 'wasm' }
    const env = environmentOf((await shim(wasm)).stdout)
    expect(interesting(env)).toEqual(wasm)
    expect(env.PATH).toBe(withGcc)
  })
  test('is that of the host where only one of GOOS and GOARCH is set', async () => {
    expect(await seen({ GOARCH: 'arm64' })).toEqual({ GOARCH: 'arm64', ...arm64 })
    expect(await seen({ GOOS: 'windows' })).toEqual({ GOOS: 'windows', ...amd64, AR: 'x' })
  })
  test('is data: nothing in it is evaluated, and what it must not set is left out', async () => {
    const text = `CC=$(touch bad) \`touch bad\` "x" 'y' \\z\nbad line\nX-Y=1\n=1\nGOFLAGS=-x\nGOROOT=/x\nPATH=/x\nGOTOOLCHAIN=x\n`
    await putEnv('1.27.4', 'linux-s390x', text)
    const s390x = { GOOS: 'linux', GOARCH: 's390x' }
    expect(await seen(s390x)).toEqual({ ...s390x, CC: `$(touch bad) \`touch bad\` "x" 'y' \\z` })
    await expect(access(join(cwd, 'bad'))).rejects.toThrow()
  })
})

describe('what the user has set wins', () => {
  test.each([{ CC: 'clang' }, { CGO_ENABLED: '0' }, { CC: 'clang', CGO_ENABLED: '1' }])(
    '%j: no compiler of ours',
    async (own) => {
      expect(await seen({ ...onArm64, ...own })).toEqual({ ...onArm64, ...own })
    },
  )
  test('an empty variable is not set, as for Go', async () => {
    expect(await seen({ ...onArm64, CC: '', CGO_ENABLED: '' })).toEqual({ ...onArm64, ...arm64 })
  })
  test('one compiler of several', async () => {
    expect(await seen({ ...onArm64, CXX: 'mine' })).toEqual({ ...onArm64, ...arm64, CXX: 'mine' })
  })
  test('sub-architectures: given also without cgo, but never over the user', async () => {
    const onArm = { GOOS: 'linux', GOARCH: 'arm' }
    expect(await seen({ ...onArm, CGO_ENABLED: '0' })).toEqual({ ...onArm, CGO_ENABLED: '0', GOARM: '6' })
    expect(await seen({ ...onArm, GOARM: '7' })).toEqual({ ...onArm, ...arm, GOARM: '7' })
  })
})

describe("the user's go env file", () => {
  const file = (): string => join(directory, '.config', 'go', 'env')

  test.each([
    ['a platform', 'GOOS=linux\nGOARCH=arm64', { ...arm64 }],
    ['a platform, the last line of a name counting', 'GOARCH=arm\nGOARCH=arm64\n', { ...arm64 }],
    ['a C compiler', 'GOOS=linux\nGOARCH=arm64\nCC=clang\n', {}],
    ['no cgo', 'GOOS=linux\nGOARCH=arm64\nCGO_ENABLED=0\n', {}],
    ['a C++ compiler', 'GOARCH=arm64\nCXX=mine\n', { CC: arm64.CC, CGO_ENABLED: '1' }],
    ['a sub-architecture', 'GOARCH=arm\nGOARM=7\n', { CC: arm.CC, CGO_ENABLED: '1' }],
    ['nothing of interest', 'GOPROXY=off\nGOFLAGS=\n# GOARCH=arm64\n', {}],
  ])('may say: %s', async (_, text, expected) => {
    await put(file(), text)
    expect(await seen({})).toEqual(expected)
  })
  test('comes after the environment', async () => {
    await put(file(), 'GOARCH=arm\nCGO_ENABLED=0\n')
    expect(await seen({ GOARCH: 'arm64', CGO_ENABLED: '1' })).toEqual({ GOARCH: 'arm64', ...arm64 })
  })
  test('is where GOENV or XDG_CONFIG_HOME say', async () => {
    await put(file(), 'GOARCH=arm\n')
    await put(join(directory, 'xdg', 'go', 'env'), 'GOARCH=arm64\n')
    const GOENV = await put(join(directory, 'my, env'), 'GOARCH=arm64\n')
    expect(await seen({ GOENV: 'off' })).toEqual({ GOENV: 'off' })
    expect(await seen({ GOENV })).toEqual({ GOENV, ...arm64 })
    expect(await seen({ XDG_CONFIG_HOME: join(directory, 'xdg') })).toEqual(arm64)
    expect(await seen({ XDG_CONFIG_HOME: 'relative' })).toEqual({})
    expect(await seen({ HOME: undefined })).toEqual({})
  })
  test('is not for Go before 1.13', async () => {
    await put(file(), 'GOARCH=arm64\n')
    expect(await seen({ GONATIVE_GO: '1.12.17' })).toEqual({ GONATIVE_GO: '1.12.17' })
    await rm(file())
  })
})

describe('the platform of the host', () => {
  test('is built with the C compiler of the system', async () => {
    expect(await seen({})).toEqual({})
  })
  test('is built with the graft where the system has none', async () => {
    const { stdout } = await run([join(layout.shims, 'go')], { cwd, env: { PATH: bare, HOME: directory } })
    expect(interesting(environmentOf(stdout))).toEqual(amd64)
  })
  test('is built with the graft when it is asked for by name', async () => {
    expect(await seen({ GOARCH: 'amd64' })).toEqual({ GOARCH: 'amd64', ...amd64 })
  })
  test('has nothing of the graft beside a compiler of the user', async () => {
    const env = { PATH: bare, HOME: directory, CC: 'tcc' }
    const { stdout } = await run([join(layout.shims, 'go')], { cwd, env })
    expect(interesting(environmentOf(stdout))).toEqual({ CC: 'tcc' })
  })
})

describe('a go below a go', () => {
  test('gets the compilers of its own target, not those that were set for the one above', async () => {
    const above = environmentOf((await shim({ GOOS: 'linux', GOARCH: 'arm' })).stdout)
    const GONATIVE_SET = Object.entries(arm)
      .map(([name, value]) => `${name}=${value}\n`)
      .join('')
    const below = { ...above, PATH: undefined, GONATIVE_SET }
    expect(await seen({ ...below, ...onArm64 })).toEqual({ ...onArm64, ...arm64 })
    expect(await seen({ ...below, GOOS: 'js', GOARCH: 'wasm' })).toEqual({ GOOS: 'js', GOARCH: 'wasm' })
    expect(await seen({ ...below, GOOS: undefined, GOARCH: undefined })).toEqual({})
    expect(await seen({ ...below, ...onArm64, CC: 'mine' })).toMatchObject({ CC: 'mine' })
    expect(await seen({ ...below, ...onArm64, CC: 'mine' })).not.toHaveProperty('CXX')
  })
  test('is told what was set', async () => {
    const { stdout } = await run([join(layout.shims, 'go')], {
      cwd,
      env: { PATH: `${layout.shims}:${withGcc}`, HOME: directory, GOARCH: 'arm' },
    })
    expect(stdout).toContain(`GONATIVE_SET=CC=${arm.CC}\nCGO_ENABLED=1\nGOARM=6\n`)
  })
})

describe('GOROOT', () => {
  const GONATIVE_GO = '1.4.3'
  test('is given to a Go that does not find its own', async () => {
    const GOROOT = layout.toolchain({ tool: 'go', version: '1.4.3' })
    expect(await seen({ GONATIVE_GO })).toEqual({ GONATIVE_GO, GOROOT })
  })
  test('is the one that the user has set', async () => {
    expect(await seen({ GONATIVE_GO, GOROOT: '/mine' })).toEqual({ GONATIVE_GO, GOROOT: '/mine' })
  })
})

describe('the shim', () => {
  test('passes arguments, the rest of the environment, and the exit code on', async () => {
    const own = { gn: '1', home: 'h', line: 'l', name: 'n', V: 'v', d: 'd', CDPATH: '/', OLDPWD: '/old' }
    const { stdout } = await shim(own, ['build', '', 'a b', '*', '$HOME', '-C=\\n', 'ü'])
    expect(stdout).toContain(
      'argument=build\nargument=\nargument=a b\nargument=*\nargument=$HOME\nargument=-C=\\n\nargument=ü\n',
    )
    expect(environmentOf(stdout)).toMatchObject(own)
    await put(join(layout.toolchain({ tool: 'go', version: '1.12.17' }), 'bin', 'go'), '#!/bin/sh\nexit 7\n', 0o755)
    expect((await shim({ GONATIVE_GO: '1.12.17' })).code).toBe(7)
  })
  test('is gofmt too', async () => {
    expect((await shim({ ...onArm64 }, ['-l'], 'gofmt')).stdout).toMatch(/^version=1.27.4 gofmt\nargument=-l\n/)
  })
  test('never finds itself, however PATH is arranged', async () => {
    const PATH = `${layout.shims}:${layout.shims}/:${bare}`
    const { code, stdout } = await run([join(layout.shims, 'go')], { cwd, env: { PATH, HOME: directory } })
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'version=1.27.4 go'])
  })
  test('works by a relative path, from its own directory, and as an argument of sh', async () => {
    const env = { PATH: process.env.PATH, HOME: directory, GOARCH: 'arm64' }
    for (const [at, command] of [
      [layout.home, ['shims/go']],
      [layout.shims, ['./go']],
      [layout.shims, ['sh', './go']],
      [join(layout.home, 'env'), ['../shims/./go']],
    ] as const) {
      const { code, stdout } = await run([...command], { cwd: at, env })
      expect([code, stdout.split('\n')[0], environmentOf(stdout).CC]).toEqual([0, 'version=1.27.4 go', arm64.CC])
    }
  })
  test('works by a symbolic link from elsewhere, with GONATIVE_HOME', async () => {
    const link = join(directory, 'bin-go')
    await symlink(join(layout.shims, 'go'), link)
    const { stdout } = await run([link], { cwd, env: { PATH: bare, GONATIVE_HOME: layout.home } })
    expect(stdout).toMatch(/^version=1.27.4 go\n/)
  })
  test('has no say about a toolchain without a receipt', async () => {
    await rm(layout.receipt({ tool: 'go', version: '1.4.3' }))
    const { code, stderr } = await shim({ GONATIVE_GO: '1.4.3' })
    expect([code, stderr]).toEqual([
      5,
      'gonative: go 1.4.3 is not installed (asked for by GONATIVE_GO); run: gonative install 1.4.3\n',
    ])
  })
})
