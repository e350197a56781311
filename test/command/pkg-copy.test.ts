/** Grafts whose files lie in the toolchain's tree: laid, recorded, verified and taken out, whatever comes in between. */
import { access, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { user, type User } from '../support/cli.js'
import { temporaryDirectory } from '../support/context.js'
import { oldToolchain, publishDistribution } from '../support/distributions.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'
import { list, rowOf, toolchain } from '../support/toolchain.js'

const version = '1.18.99'
let proxy: GoProxy
let directory: string
let mirror: string
let me: User
beforeEach(async () => {
  proxy = await serveGo()
  directory = await temporaryDirectory()
  mirror = join(directory, 'mirror')
  await mkdir(mirror)
  me = await user(directory, { ...proxy.env, GONATIVE_MIRROR: mirror })
  await publish('linux-arm64')
})
afterEach(() => proxy.close())

const publish = (host: string, packages?: string[]): Promise<void> =>
  publishDistribution(mirror, { version, host, ...(packages ? { packages } : {}) })
async function install(lists = '', of = version): Promise<void> {
  proxy.publish(of, { members: oldToolchain(of, lists) })
  expect(await me.gonative('install', of, '--bare')).toMatchObject({ code: 0 })
}
const { tree, receipt } = toolchain(() => me, version)

/** A user of the same store whose process is killed, as by kill -9, right before a call. */
const killedAt = (call: string): Promise<User> =>
  user(directory, {
    ...me.env,
    NODE_OPTIONS: `--import=${new URL('../support/kill-at.mjs', import.meta.url).href}`,
    KILL_AT: call,
  })

describe('graft with pkg-copy', () => {
  it("lays the target's packages into the toolchain, and records the archive with its verdicts", async () => {
    await install()
    const before = await stat(tree('src/fmt/print.go'))
    expect(await me.gonative('graft', 'linux/arm64')).toMatchObject({ code: 0 })
    expect(await list(tree('pkg/linux_arm64'))).toEqual(['fmt.a', 'net.a', 'runtime'])
    const laid = await stat(tree('pkg/linux_arm64/fmt.a'))
    expect(laid.mtimeMs).toBeGreaterThan(before.mtimeMs)
    expect(laid.nlink).toBe(2)
    expect(await readFile(tree('pkg/tool/linux_amd64/compile'), 'utf8')).toBe('the host`s own')
    const [graft] = (await receipt()).grafts
    expect(graft).toMatchObject({ target: 'linux/arm64', env: { CGO_ENABLED: '1' }, goroot: { count: 3 } })
    expect(graft?.distributions).toMatchObject([
      {
        version,
        host: { os: 'linux', arch: 'arm64' },
        source: 'mirror',
        archives: [{ verdicts: [{ by: 'digest', status: 'verified' }, {}, {}] }],
      },
    ])
    expect(await list(join(me.home, 'staging'))).toEqual([])
  })

  it('is checked by verify, and taken out with the graft', async () => {
    await install()
    await me.gonative('graft', 'linux/arm64')
    expect((await me.gonative('verify')).stdout).toContain('all 7 files are as installed')
    await rm(tree('pkg/linux_arm64/fmt.a'))
    await writeFile(tree('pkg/linux_arm64/fmt.a'), 'something else')
    const found = await me.gonative('verify')
    expect(found.code).toBe(3)
    expect(found.stderr).toContain('changed pkg/linux_arm64/fmt.a')
    expect(await me.gonative('graft', 'linux/arm64', '--remove')).toMatchObject({ code: 0 })
    expect(await list(tree('pkg'))).toEqual(['tool'])
    expect(await list(join(me.home, 'grafts'))).toEqual([])
    expect((await me.gonative('verify')).code).toBe(0)
  })

  it('replaces its own files, and never writes over what is not gonative`s', async () => {
    await install()
    await me.gonative('graft', 'linux/arm64')
    await publish('linux-arm64', ['fmt', 'net', 'runtime/cgo', 'os'])
    expect(await me.gonative('graft', 'linux/arm64')).toMatchObject({ code: 0 })
    expect(await list(tree('pkg/linux_arm64'))).toEqual(['fmt.a', 'net.a', 'os.a', 'runtime'])
    await publish('linux-386')
    await mkdir(tree('pkg/linux_386'))
    await writeFile(tree('pkg/linux_386/net.a'), 'mine')
    const ran = await me.gonative('graft', 'linux/386')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('pkg/linux_386/net.a')
    expect(await list(tree('pkg/linux_386'))).toEqual(['net.a'])
    expect((await receipt()).grafts).toHaveLength(1)
  })

  it('that go list does not bear out is refused, with nothing left', async () => {
    await install('net\tbuild ID mismatch\n')
    const ran = await me.gonative('graft', 'linux/arm64', '--strategy', 'pkg-copy')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('go would compile 1 standard packages all the same: net (build ID mismatch)')
    expect(await list(tree('pkg'))).toEqual(['tool'])
    expect(await list(join(me.home, 'grafts'))).toEqual([])
  })

  it('sets GOARM to what the packages are for, and refuses another', async () => {
    await install()
    await publish('linux-armv6l')
    const refused = await me.gonative('graft', 'linux/arm/v7', '--strategy', 'pkg-copy')
    expect(refused.stderr).toContain('the official packages are for GOARM 6, not 7')
    expect(await me.gonative('graft', 'linux/arm')).toMatchObject({ code: 0 })
    expect(await readFile(join(me.home, `env/go${version}/linux-arm`), 'utf8')).toBe('CGO_ENABLED=1\nGOARM=6\n')
  })

  it('grafts what a mirror has, and names what it lacks: exit 1, and targets shows it until it is there', async () => {
    await install()
    const ran = await me.gonative('graft', 'linux/arm64', 'linux/386', '--strategy', 'pkg-copy')
    expect(ran).toMatchObject({ code: 1, stdout: `go ${version}: cgo for linux/arm64\n` })
    expect(ran.stderr).toContain(`linux/386: no source has go ${version} for linux/386`)
    expect(await rowOf(me, 'linux/arm64')).toMatchObject({ grafted: true, reason: null })
    expect(await rowOf(me, 'linux/386')).toMatchObject({
      grafted: false,
      reason: expect.stringContaining('no source') as string,
    })
    expect((await me.gonative('targets')).stdout).toContain('Asked for, and not grafted:\n  linux/386\n')
    await publish('linux-386')
    expect(await me.gonative('graft', 'linux/386')).toMatchObject({ code: 0 })
    expect(await rowOf(me, 'linux/386')).toMatchObject({ grafted: true, reason: null })
    expect((await receipt()).missing).toBeUndefined()
  })

  it('refuses a distribution whose digest is another, and grafts nothing', async () => {
    await install()
    const name = `go${version}.linux-arm64.tar.gz`
    await writeFile(join(mirror, `${name}.sha256`), `${'0'.repeat(64)}  ${name}\n`)
    expect(await me.gonative('graft', 'linux/arm64')).toMatchObject({ code: 3 })
    expect(await list(tree('pkg'))).toEqual(['tool'])
  })

  it('is not for Go 1.20, nor where a C library is asked for', async () => {
    await install('', '1.20.99')
    const late = await me.gonative('graft', 'linux/arm64', '--strategy', 'pkg-copy')
    expect(late.stderr).toContain('from Go 1.20 on distributions have no compiled standard library')
    const libc = await me.gonative(
      'graft',
      'linux/arm64',
      '--libc',
      'musl',
      '--strategy',
      'pkg-copy',
      '--go',
      '1.20.99',
    )
    expect(libc.code).toBe(1)
  })
})

describe('kill -9', () => {
  const whole = ['fmt.a', 'net.a', 'runtime']
  for (const [moment, call] of [
    ['while the packages are laid', 'link .*/pkg/linux_arm64/net\\.a$'],
    ['before the receipt is written', 'rename .*\\.receipt\\.json$'],
  ] as const) {
    it(`${moment}: the graft is not there, and verify finds the toolchain as installed`, async () => {
      await install()
      const killed = await killedAt(call)
      expect((await killed.gonative('graft', 'linux/arm64')).code).toBe(-1)
      expect(await list(tree('pkg/linux_arm64'))).not.toEqual([])
      expect((await me.gonative('verify')).code).toBe(0)
      expect(await list(tree('pkg'))).toEqual(['tool'])
      expect(await me.gonative('graft', 'linux/arm64')).toMatchObject({ code: 0 })
      expect(await list(tree('pkg/linux_arm64'))).toEqual(whole)
    })
  }

  it('while a graft is taken away: it is there again, whole', async () => {
    await install()
    await me.gonative('graft', 'linux/arm64')
    const killed = await killedAt('rename .*\\.receipt\\.json$')
    expect((await killed.gonative('graft', 'linux/arm64', '--remove')).code).toBe(-1)
    await expect(access(tree('pkg/linux_arm64'))).rejects.toThrow()
    expect((await me.gonative('verify')).code).toBe(0)
    expect(await list(tree('pkg/linux_arm64'))).toEqual(whole)
    expect((await receipt()).grafts).toHaveLength(1)
    expect(await me.gonative('graft', 'linux/arm64', '--remove')).toMatchObject({ code: 0 })
  })
})
