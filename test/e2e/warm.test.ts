import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../support/cli.js'
import { realUser } from '../support/real.js'
import { suiteDirectory } from '../support/suite.js'

const example = fileURLToPath(new URL('../../examples/hello-cgo', import.meta.url))
const target = { GOOS: 'linux', GOARCH: 'riscv64' }

/** The caches are what this is about: not those that the other tests share. */
const own = { ZIG_GLOBAL_CACHE_DIR: '', GOCACHE: '' }

const directory = suiteDirectory()
let me: User
let source: string
beforeAll(async () => {
  me = await realUser(directory, own)
  source = join(me.cwd, 'hello')
  await cp(example, source, { recursive: true })
  expect(await me.gonative('install', '1.27.4', '--targets', 'linux/riscv64')).toMatchObject({ code: 0 })
})

/** What a build of the example compiles, by package, and the libraries that are in the compiler's cache afterwards. */
async function firstBuild(user: User): Promise<{ compiled: string[]; libraries: string[] }> {
  const program = join(user.cwd, 'out')
  await rm(program, { force: true }) // with one that is up to date the go command does nothing at all
  const ran = await user.run('go', ['build', '-x', '-o', program, '.'], target, source)
  expect(ran.code).toBe(0)
  const compiled = [...ran.stderr.matchAll(/\/compile"? -o .* -p (\S+) /g)].map(([, name]) => name ?? '')
  const files = await readdir(join(user.home, 'cache/compiler'), { recursive: true })
  return { compiled, libraries: files.filter((path) => /\.(a|so|so\.\d+|o)$/.test(path) && !path.includes('objects')) }
}

const go = (user: User, ...args: string[]) => user.run('go', args, target, source)

describe('graft --warm', () => {
  it('goes on after it was killed, and the next build compiles only what is the user’s', async () => {
    const killed = me.start('graft', 'linux/riscv64', '--warm')
    const entries = () => readdir(join(me.home, 'cache/warm/go1.27.4'), { recursive: true }).catch(() => [])
    while (!(await entries()).some((path) => path.endsWith('-d'))) await sleep(100)
    killed.child.kill('SIGKILL')
    await killed.done
    expect((await entries()).filter((path) => path.endsWith('warm.json'))).toEqual([])

    const warmed = await me.gonative('graft', 'linux/riscv64', '--warm')
    expect(warmed).toMatchObject({ code: 0 })
    expect(warmed.stdout).toMatch(/^warmed linux\/riscv64 \([\d.]+ MB\) in [\d.]+ s$/m)
    const before = await readdir(join(me.home, 'cache/compiler'), { recursive: true })
    const { compiled, libraries } = await firstBuild(me)
    expect(compiled).toEqual(['main'])
    expect(before).toEqual(expect.arrayContaining(libraries))
  })

  it('again has nothing to compile, and puts back what the go command has dropped', async () => {
    expect(await go(me, 'clean', '-cache')).toMatchObject({ code: 0 })
    const again = await me.gonative('graft', 'linux/riscv64', '--warm')
    expect(again.stdout).toMatch(/^warm already: linux\/riscv64 \([\d.]+ MB\)$/m)
    expect((await firstBuild(me)).compiled).toEqual(['main'])
  })

  it('keeps what other GOFLAGS need apart', async () => {
    const record = async () => {
      const [id = ''] = await readdir(join(me.home, 'cache/warm/go1.27.4'))
      return JSON.parse(await readFile(join(me.home, 'cache/warm/go1.27.4', id, 'warm.json'), 'utf8')) as unknown
    }
    expect(await record()).toMatchObject({ schema: 1, goflags: [''] })
  })

  it('is what targets and cache show', async () => {
    const targets = JSON.parse((await me.gonative('targets', '--grafted', '--json')).stdout) as unknown[]
    expect(targets).toMatchObject([{ target: 'linux/riscv64', warmed: true }])
    const usage = (await me.gonative('cache')).stdout
    expect(usage).toMatch(/^1\.27\.4 {2}linux\/riscv64 +[\d.]+ MB {2}\d{4}-\d\d-\d\d$/m)
  })
})

describe('graft export and import', () => {
  it('move it to another store and HOME, where nothing but the user’s package is compiled', async () => {
    const archive = join(me.cwd, 'it is "warm".tar.gz')
    const exported = await me.gonative('graft', 'export', 'linux/riscv64', '--output', archive)
    expect(exported).toMatchObject({ code: 0 })
    const sha256 = /--sha256 ([0-9a-f]{64})$/m.exec(exported.stdout)?.[1] ?? ''

    const other = await realUser(join(directory, 'another "machine"'), own)
    const wrong = await other.gonative('graft', 'import', archive, '--sha256', 'f'.repeat(64))
    expect(wrong).toMatchObject({ code: 3 })
    expect(await readdir(join(other.home, 'staging'))).toEqual([])

    const imported = await other.gonative('graft', 'import', archive, '--sha256', sha256)
    expect(imported).toMatchObject({ code: 0 })
    expect(imported.stdout).toBe('go 1.27.4: warm for linux/riscv64\n')
    const before = await readdir(join(other.home, 'cache/compiler'), { recursive: true })
    const { compiled, libraries } = await firstBuild(other)
    expect(compiled).toEqual(['main'])
    expect(before).toEqual(expect.arrayContaining(libraries))
  })

  it('refuse a damaged archive and leave nothing of it', async () => {
    const archive = join(me.cwd, 'damaged.tar.gz')
    const bytes = await readFile(join(me.cwd, 'it is "warm".tar.gz'))
    const half = bytes.subarray(0, Math.floor(bytes.length / 2))
    await writeFile(archive, half)
    const other = await realUser(join(directory, 'a third'), own)
    await mkdir(other.home, { recursive: true })
    expect(await other.gonative('graft', 'import', archive)).toMatchObject({ code: 3 })
    expect(await readdir(join(other.home, 'staging'))).toEqual([])
    expect(await readdir(join(other.home, 'toolchains')).catch(() => [])).toEqual([])
  })
})

describe('cache prune', () => {
  it('gives the room back, and builds work as before', async () => {
    expect((await me.gonative('cache', 'prune', 'linux/riscv64')).stdout).toMatch(/^deleted [\d.]+ MB$/m)
    expect((await me.gonative('cache')).stdout).not.toContain('linux/riscv64')
    expect(await go(me, 'build', '-o', join(me.cwd, 'out'), '.')).toMatchObject({ code: 0 })
  })

  it('of a target without a graft says so', async () => {
    expect(await me.gonative('cache', 'prune', 'linux/arm64')).toMatchObject({ code: 5 })
  })
})
