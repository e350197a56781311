/** The launcher's `exec` against src/launch/environment.ts, and what it leaves to Node. */
import { mkdir, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatEnv } from '../../../src/launch/env-files.js'
import { execEnvironment } from '../../../src/launch/environment.js'
import { writeShims } from '../../../src/launch/shims.js'
import type { Layout } from '../../../src/store/layout.js'
import { difficultDirectory, fakeStore, host, put, run, shellsHere, type Ran } from './fake-store.js'

const shells = await shellsHere()
const version = '1.27.4'
const arm64 = { CC: 'gonative-cc zig-arm64-12345678', CXX: `a 'b' "c" $d \\ = # ü`, CGO_ENABLED: '1' }
const arm = { CC: 'gonative-cc zig-arm-12345678', CGO_ENABLED: '1', GOARM: '6' }

let directory: string
let cwd: string
let layout: Layout
/** A directory whose only program shows the environment and its arguments, NUL behind each. */
let bin: string

beforeAll(async () => {
  directory = await difficultDirectory()
  cwd = join(directory, 'work')
  bin = join(directory, 'bin')
  await mkdir(cwd)
  layout = await fakeStore(directory, [version, '1.12.17', '1.22.12'], version)
  const node = await put(
    join(directory, 'node'),
    '#!/bin/sh\nprintf "node:"\nfor a in "$@"; do printf " <%s>" "$a"; done\n',
    0o755,
  )
  await writeShims(layout, { node, entry: `en'try $x` }, host)
  for (const [name, env] of Object.entries({ 'linux-arm64': arm64, 'linux-arm': arm })) {
    for (const each of [version, '1.12.17'])
      await put(join(layout.env({ tool: 'go', version: each }), name), formatEnv(env))
  }
  await put(join(bin, 'no-program'), 'text')
  await mkdir(join(bin, 'folder'))
  await put(join(bin, 'show'), `#!/bin/sh\n[ $# = 0 ] || printf '<%s>\\0' "$@"\nexec /usr/bin/env -0\n`, 0o755)
})
afterAll(() => rm(dirname(directory), { recursive: true }))

/** What each shell says, all the same. */
async function launcher(args: string[], env: Record<string, string> = {}, at = cwd): Promise<Ran> {
  const options = { cwd: at, env: { PATH: `${bin}:/usr/bin:/bin`, HOME: directory, ...env } }
  const direct = await run([join(layout.shims, 'gonative'), ...args], options)
  const found = (shell: string[]) => [`/usr/bin/${shell[0] ?? ''}`, ...shell.slice(1)]
  const others = await Promise.all(
    shells.map((shell) => run([...found(shell), join(layout.shims, 'gonative'), ...args], options)),
  )
  for (const other of others) expect(settled(other)).toEqual(settled(direct))
  return direct
}

/** Without what a shell tells its children of itself. */
const ofShells = ['_', 'PWD', 'OLDPWD', 'SHLVL', 'GONATIVE_HOME']
const settled = (ran: Ran) => ({
  ...ran,
  stdout: [ran.stdout.split('\0').filter((part) => part.startsWith('<')), [...variables(ran.stdout)].sort()],
})

function variables(stdout: string): Map<string, string> {
  const pairs = stdout
    .split('\0')
    .map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)] as const)
  return new Map(pairs.filter(([name]) => name !== '' && !name.startsWith('<') && !ofShells.includes(name)))
}

describe('exec gives the environment that the one in Node gives', () => {
  const set = `CC=${arm64.CC}\nCGO_ENABLED=1\n`
  test.each<[string, { env?: Record<string, string>; target?: string; goenv?: string; go?: string }]>([
    ['without a target', {}],
    ['of another version', { go: '1.12.17' }],
    [
      'with variables of any text',
      { env: { A: '', B: ' x ', C: 'a\nb', D: `'"$(id)\`id\`\\`, E: 'ü', gn: '1', IFSX: ':' } },
    ],
    ['with the shims on PATH already', { env: { PATH: '@bin@:@shims@:/usr/bin:@shims@' } }],
    ['with empty parts in PATH', { env: { PATH: ':@bin@::/usr/bin:' } }],
    ['with an empty PATH', { env: { PATH: '' } }],
    ['with the shims alone on PATH', { env: { PATH: '@shims@' } }],
    ['with the shims by another name on PATH', { env: { PATH: '@shims@/:@bin@/../bin' } }],
    ['with GONATIVE_GO, which goes further down', { env: { GONATIVE_GO: '1.12' } }],
    ['for a target', { target: 'linux/arm64' }],
    ['for a target with a sub-architecture', { target: 'linux/arm' }],
    ['for a target, though GOOS says another', { target: 'linux/arm64', env: { GOOS: 'windows', GOARCH: '386' } }],
    ['with a C compiler of the user', { target: 'linux/arm', env: { CC: 'clang' } }],
    ['with a C++ compiler of the user', { target: 'linux/arm64', env: { CXX: 'mine' } }],
    ['with empty variables', { target: 'linux/arm64', env: { CC: '', CGO_ENABLED: '' } }],
    ['without cgo', { target: 'linux/arm', env: { CGO_ENABLED: '0' } }],
    ['with a sub-architecture of the user', { target: 'linux/arm', env: { GOARM: '7' } }],
    ['below another exec', { env: { GONATIVE_SET: set, CC: arm64.CC, CGO_ENABLED: '1' } }],
    ['below another exec, for another target', { target: 'linux/arm', env: { GONATIVE_SET: set, CC: arm64.CC } }],
    ['below another exec, changed since', { env: { GONATIVE_SET: set, CC: 'mine', CGO_ENABLED: '1' } }],
    [
      'below an exec with lines that are no variables',
      { env: { GONATIVE_SET: 'x\n=1\na b=1\nlower=2\n', lower: '2' } },
    ],
    ['with a go env file', { target: 'linux/arm64', goenv: 'CXX=mine\nGOFLAGS=-x\nCGO_ENABLED=\n' }],
    ['with a compiler in the go env file', { target: 'linux/arm', goenv: '# x\nCC=clang\n' }],
    ['with no cgo in the go env file', { target: 'linux/arm', goenv: 'CGO_ENABLED=0' }],
    ['with cgo all the same', { target: 'linux/arm', goenv: 'CGO_ENABLED=0', env: { CGO_ENABLED: '1' } }],
    ['with a go env file that Go does not read', { target: 'linux/arm', goenv: 'CC=clang', env: { GOENV: 'off' } }],
    ['with a go env file that old Go does not read', { target: 'linux/arm', goenv: 'CC=clang', go: '1.12.17' }],
  ])('%s', async (_, { env = {}, target, goenv, go }) => {
    const real = (text: string): string => text.replaceAll('@shims@', layout.shims).replaceAll('@bin@', bin)
    const given: Record<string, string> = {
      HOME: directory,
      PATH: `${bin}:/usr/bin:/bin`,
      GONATIVE_HOME: layout.home,
      ...env,
    }
    given.PATH = real(given.PATH ?? '')
    await put(join(directory, '.config', 'go', 'env'), goenv ?? '')
    const [GOOS = '', GOARCH = ''] = target?.split('/') ?? []
    const expected = await execEnvironment({
      layout,
      version: go ?? (given.GONATIVE_GO === undefined ? version : '1.12.17'),
      env: given,
      target: target === undefined ? undefined : { GOOS, GOARCH },
    })
    const flags = [...(go === undefined ? [] : ['--go', go]), ...(target === undefined ? [] : ['--target', target])]
    const { code, stdout } = await launcher(['exec', ...flags, '--', join(bin, 'show')], given)
    expect(code).toBe(0)
    const inherited = Object.entries(expected).filter(([name]) => !ofShells.includes(name))
    expect(Object.fromEntries(variables(stdout))).toEqual(Object.fromEntries(inherited))
  })

  test('and the store that the launcher belongs to, for gonative further down', async () => {
    const { stdout } = await run([join(layout.shims, 'gonative'), 'exec', 'show'], {
      cwd,
      env: { PATH: `${bin}:/bin` },
    })
    expect(stdout.split('\0')).toContain(`GONATIVE_HOME=${layout.home}`)
  })
})

describe('exec', () => {
  const words = ['a b', `it's`, '"q"', '$HOME', '', '*', '--json', '--go', '-x', 'é\n2', '\\n', '--']
  const shown = words.map((word) => `<${word}>\0`).join('')
  test.each([
    ['after --', ['--', 'show']],
    ['without --', ['show']],
    ['after flags', ['--go', '1.22', 'show']],
    ['after flags with =', ['--go=1.22.12', '--target=linux/arm64', '--', 'show']],
  ])('hands arguments on as they are, %s', async (_, before) => {
    const env = { ...formats('1.22.12') }
    await Promise.all(Object.entries(env).map(([name, text]) => put(name, text)))
    const { stdout } = await launcher(['exec', ...before, ...words])
    expect(stdout.startsWith(shown)).toBe(true)
  })
  const formats = (of: string) => ({ [join(layout.env({ tool: 'go', version: of }), 'linux-arm64')]: formatEnv(arm64) })

  test('runs a program by its path, from here or from anywhere', async () => {
    expect((await launcher(['exec', join(bin, 'show'), 'x'])).stdout).toMatch(/^<x>/)
    expect((await launcher(['exec', './show', 'x'], {}, bin)).stdout).toMatch(/^<x>/)
  })
  test("ends with the child's own exit code", async () => {
    expect((await launcher(['exec', '--', 'sh', '-c', 'exit 7'])).code).toBe(7)
  })
  test('of go runs the version that was chosen, and no other shim', async () => {
    const ran = await run([join(layout.shims, 'gonative'), 'exec', '--go', '1.22', 'go'], {
      cwd,
      env: { PATH: '/bin' },
    })
    expect(ran.stdout).toMatch(/^version=1.22.12 go\n/)
  })
})

describe('which', () => {
  test.each([
    [[], version, 'go'],
    [['gofmt'], version, 'gofmt'],
    [['--go', '1.22'], '1.22.12', 'go'],
    [['gofmt', '--go=go1.12.17'], '1.12.17', 'gofmt'],
    [['--go', '1.12', 'gofmt'], '1.12.17', 'gofmt'],
  ])('%j', async (args, of, program) => {
    const ran = await run([join(layout.shims, 'gonative'), 'which', ...args], { cwd, env: {} })
    expect(ran).toEqual({
      code: 0,
      stdout: `${join(layout.toolchain({ tool: 'go', version: of }), 'bin', program)}\n`,
      stderr: '',
    })
  })
})

describe('Node has', () => {
  test.each([
    [],
    ['--version'],
    ['list-remote', '1.27.4', 'a b', ''],
    ['exec'],
    ['exec', '--'],
    ['exec', '--json', '--', 'show'],
    ['exec', '--help'],
    ['exec', '--unknown', 'show'],
    ['exec', '--go'],
    ['exec', '--go', 'latest', 'show'],
    ['exec', '--go', '--json', 'show'],
    ['exec', '--go=', 'show'],
    ['exec', '--go', '1.5', 'show'],
    ['exec', '--go', '../1.5', 'show'],
    ['exec', '--target', 'linux/arm/v7', 'show'],
    ['exec', '--target', 'linux/s390x', 'show'],
    ['exec', '--target', '../x', 'show'],
    ['exec', '--target', 'linux', 'show'],
    ['exec', 'no-such-program'],
    ['exec', 'no-program'],
    ['exec', 'folder'],
    ['exec', './no-such-program'],
    ['exec', '--', '-x'],
    ['exec', '--', ''],
    ['which', '--json'],
    ['which', 'nothing'],
    ['which', '../bin/go'],
    ['which', 'go', 'gofmt'],
    ['which', '--target', 'linux/arm64'],
    ['which', '--', 'go'],
    ['current', '--json'],
    ['current', 'x'],
    ['current', '--go', '1.22'],
  ])('%j %j %j %j', async (...given) => {
    const { stdout } = await launcher(given)
    expect(stdout.split('\0')[0]).toBe(`node: <en'try $x>${given.map((arg) => ` <${arg}>`).join('')}`)
  })
  test('an install too, with less memory for it', async () => {
    const { stdout } = await launcher(['install', 'a b'])
    expect(stdout.split('\0')[0]).toBe("node: <--max-semi-space-size=2> <en'try $x> <install> <a b>")
  })
  test.each(['relative/store', '/a:b', '/a/../b', '/a//b', '/a/.', '/a\nb'])(
    'all of it where GONATIVE_HOME is %j',
    async (GONATIVE_HOME) => {
      expect((await launcher(['which'], { GONATIVE_HOME })).stdout).toMatch(/^node:/)
    },
  )
  test.each([
    ['{\n\t"default": "1.27.4",\n\t"autoInstall": true\n}\n', true],
    ['{"autoInstall":true,"mirrors":["/x"]}', true],
    ['{"mirrors": ["autoInstall"], "autoInstall": false, "x": true}', false],
    ['{"sources": ["autoInstall"]}', false],
  ])('what is missing, with config.json %j', async (config, installs) => {
    const file = await put(join(layout.home, 'config.json'), config)
    const env = { GONATIVE_GO: '1.19' }
    const missing = {
      code: 5,
      stdout: '',
      stderr: 'gonative: go 1.19 is not installed (asked for by GONATIVE_GO); run: gonative install 1.19\n',
    }
    expect(await launcher(['which'], env)).toEqual(missing)
    const expected = installs ? { code: 0, stdout: expect.stringMatching(/^node:/) as string, stderr: '' } : missing
    expect(await launcher(['exec', 'show'], env)).toEqual(expected)
    const shim = await run([join(layout.shims, 'gofmt'), '-l', 'a b'], { cwd, env: { PATH: '/bin', ...env } })
    if (installs) expect(shim.stdout).toBe(`node: <en'try $x> <exec> <--go> <1.19> <--> <gofmt> <-l> <a b>`)
    else expect(shim).toEqual(missing)
    await rm(file)
  })
})

test('the store may be reached by a link', async () => {
  const link = join(directory, 'link')
  await symlink(layout.home, link)
  const { stdout } = await launcher(['which'], { GONATIVE_HOME: link })
  expect(stdout).toBe(`${link}/toolchains/go${version}/bin/go\n`)
})
