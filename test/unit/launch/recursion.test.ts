/** No shim ever starts itself, however PATH and links are arranged. */
import { chmod, copyFile, mkdir, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Layout } from '../../../src/store/layout.js'
import { difficultDirectory, environmentOf, fakeStore, put, run, type Ran } from './fake-store.js'

let directory: string
let cwd: string
let layout: Layout
let shim: string

beforeEach(async () => {
  directory = await difficultDirectory()
  cwd = join(directory, 'work')
  await mkdir(join(directory, 'bin'))
  await mkdir(cwd)
  layout = await fakeStore(directory, ['1.27.4', '1.22.12'], '1.27.4')
  shim = join(layout.shims, 'go')
})
afterEach(() => rm(dirname(directory), { recursive: true }))

const go = (command: string[], env: Record<string, string> = {}): Promise<Ran> =>
  run(command, { cwd, env: { PATH: '/usr/bin:/bin', HOME: directory, ...env } })
const started = ({ code, stdout, stderr }: Ran) => [code, stdout.split('\n')[0], stderr]
const found = [0, 'version=1.27.4 go', '']

describe('the right Go is found', () => {
  test('with the shims on PATH twice, and once more by another name', async () => {
    const PATH = [layout.shims, layout.shims, `${layout.shims}/`, `${layout.shims}/../shims`, '/usr/bin:/bin'].join(':')
    expect(started(await go(['sh', '-c', 'go'], { PATH }))).toEqual(found)
    expect(started(await go(['sh', '-c', 'gonative exec -- go'], { PATH }))).toEqual(found)
    expect(started(await go(['sh', '-c', 'gonative exec gonative exec sh -c go'], { PATH }))).toEqual(found)
  })
  test('with no PATH, or an empty one', async () => {
    expect(started(await go([shim], { PATH: '' }))).toEqual(found)
    expect(started(await run([shim], { cwd, env: {} }))).toEqual(found)
    expect(started(await go([join(layout.shims, 'gonative'), 'exec', '--', 'go'], { PATH: '' }))).toEqual(found)
  })
  test('through links and copies of the shim elsewhere, without any help', async () => {
    const bin = join(directory, 'bin')
    await symlink(shim, join(bin, 'linked'))
    await symlink(join(bin, 'linked'), join(bin, 'go'))
    await copyFile(shim, join(bin, 'copied'))
    await chmod(join(bin, 'copied'), 0o755)
    await symlink(layout.shims, join(directory, 'shims by link'))
    for (const path of ['bin/linked', 'bin/go', 'bin/copied', 'shims by link/go']) {
      expect([path, ...started(await go([join(directory, path)]))]).toEqual([path, ...found])
    }
    const PATH = [bin, layout.shims, '/usr/bin:/bin'].join(':')
    expect(started(await go(['sh', '-c', 'go'], { PATH }))).toEqual(found)
    expect(started(await go([join(layout.shims, 'gonative'), 'exec', join(bin, 'go')], { PATH }))).toEqual(found)
  })
  test('by a go that was started by a go', async () => {
    const bin = join(layout.toolchain({ tool: 'go', version: '1.27.4' }), 'bin')
    const other = '#!/bin/sh\n[ "$1" != run ] || { shift; "$@"; exit; }\necho "version=1.27.4 go"\n'
    await put(join(bin, 'go'), other, 0o755)
    const PATH = [layout.shims, '/usr/bin:/bin'].join(':')
    expect(started(await go([shim, 'run', 'go'], { PATH }))).toEqual(found)
    await symlink(shim, join(directory, 'bin', 'linked'))
    const linked = join(directory, 'bin', 'linked')
    expect(started(await go([linked, 'run', linked, 'run', linked], { PATH }))).toEqual(found)
  })
  test('below a link, by another one, in the same process', async () => {
    const script = 'exec "$0" "$@"'
    await symlink(shim, join(directory, 'bin', 'go'))
    expect(started(await go(['sh', '-c', script, join(directory, 'bin', 'go')]))).toEqual(found)
  })
})

describe('a toolchain whose go is a shim is refused', () => {
  const says = (path: string): unknown[] => [
    ...[1, ''],
    `gonative: ${path} leads back to the shim of go: there is no Go in that toolchain; install it again\n`,
  ]
  test.each([
    ['a link to it', (to: string) => symlink(shim, to)],
    [
      'a link to a link to it',
      async (to: string) => {
        await symlink(shim, join(directory, 'bin', 'go'))
        await symlink(join(directory, 'bin', 'go'), to)
      },
    ],
    [
      'a copy of it',
      async (to: string) => {
        await copyFile(shim, to)
        await chmod(to, 0o755)
      },
    ],
  ])('%s', async (_, make) => {
    const program = join(layout.toolchain({ tool: 'go', version: '1.27.4' }), 'bin', 'go')
    await rm(program)
    await make(program)
    const PATH = [layout.shims, '/usr/bin:/bin'].join(':')
    expect(started(await go([shim, 'version']))).toEqual(says(program))
    expect(started(await go(['gonative', 'exec', 'go'], { PATH }))).toEqual(says(program))
  })
  test('a link to the shim of another store, which leads back here', async () => {
    const other = await fakeStore(join(directory, 'other'), ['1.27.4'], '1.27.4')
    const bins = [layout, other].map((each) => join(each.toolchain({ tool: 'go', version: '1.27.4' }), 'bin', 'go'))
    await Promise.all(bins.map((bin) => rm(bin)))
    await symlink(join(other.shims, 'go'), bins[0] ?? '')
    await symlink(shim, bins[1] ?? '')
    const ran = await go([shim])
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining('leads back to the shim') as string])
  })
})

describe('a GOROOT of the user', () => {
  const root = (version: string) => layout.toolchain({ tool: 'go', version })
  test('that is another tree is pointed out and left as it is', async () => {
    const env = { GOROOT: '/usr/local/go' }
    const { code, stdout, stderr } = await go([shim], env)
    expect([code, environmentOf(stdout).GOROOT]).toEqual([0, env.GOROOT])
    expect(stderr).toBe(
      `gonative: GOROOT is /usr/local/go, which is not go 1.27.4's own ${root('1.27.4')}; unset it if builds fail\n`,
    )
    expect((await go([join(layout.shims, 'gofmt')], env)).stderr).toBe('')
  })
  test('that is the tree of another version here is too', async () => {
    expect((await go([shim], { GOROOT: root('1.22.12') })).stderr).toContain('GOROOT is')
  })
  test.each([
    ['an empty one', () => ''],
    ['its own', () => root('1.27.4')],
    ['its own with a slash', () => `${root('1.27.4')}/`],
    ['its own by the alias link', () => join(layout.home, 'toolchains', '1.27')],
  ])('is not spoken of when it is %s', async (_, GOROOT) => {
    expect(started(await go([shim], { GOROOT: GOROOT() }))).toEqual(found)
  })
})

describe('-C', () => {
  beforeEach(async () => {
    await put(join(cwd, 'sub', '.go-version'), '1.22')
    await put(join(directory, 'sub', '.go-version'), '1.27') // where CDPATH leads
    await symlink(join(cwd, 'sub'), join(directory, 'link'))
  })
  test.each([
    [['-C', 'sub', 'build']],
    [['build', '-C', 'sub']],
    [['build', '-C=sub']],
    [['mod', 'tidy', '--C', './sub']],
    [['list', '-C', '../work/sub/.']],
    [['list', '-C', '../link']],
  ])('%j is another directory to Go, and so to the shim', async (args) => {
    const { stdout } = await go([shim, ...args], { CDPATH: directory })
    expect(stdout).toMatch(new RegExp(`^version=1.22.12 go\n${args.map((arg) => `argument=${arg}\n`).join('')}`))
  })
  test.each([[['build', '-v', '-C', 'sub']], [['run', 'x', '-C', 'sub']], [['build', '-C']], [['build', '-C', 'no']]])(
    '%j is not',
    async (args) => {
      expect(started(await go([shim, ...args]))).toEqual(found)
    },
  )
})
