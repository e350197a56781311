import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { linkAcme, serveAcme } from '../support/acme.js'
import { user, type User } from '../support/cli.js'
import { temporaryDirectory } from '../support/context.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'

let proxy: GoProxy
let me: User
beforeEach(async () => {
  proxy = await serveGo()
  me = await user(await temporaryDirectory(), proxy.env)
})
afterEach(() => proxy.close())

const list = (room: string): Promise<string[]> => readdir(join(me.home, room)).catch(() => [])
const zipRequests = (zip: string): string[] =>
  proxy.files.seen.filter(({ path }) => path === zip).map(({ headers }) => headers.range ?? 'whole')

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000
  while (!(await what())) {
    if (Date.now() > end) throw new Error('it did not happen within 30 s')
    await sleep(5)
  }
}

/** The store holds the version whole, and nothing of what was killed. */
async function expectWhole(version: string): Promise<void> {
  expect((await me.run('go', ['version'])).stdout).toContain(`go${version}`)
  expect((await me.gonative('verify')).code).toBe(0)
  expect(await list('staging')).toEqual([])
  expect(await list('cache/downloads')).toEqual([])
}

describe('eight installs of one version at once', () => {
  it('make one download and eight successes', async () => {
    const zip = proxy.publish('1.98.1', { more: 50 })
    const all = await Promise.all(Array.from({ length: 8 }, () => me.gonative('install', '1.98.1', '--bare')))
    expect(all.map(({ code }) => code)).toEqual(Array(8).fill(0))
    expect(all.filter(({ stdout }) => stdout.startsWith('installed'))).toHaveLength(1)
    expect(zipRequests(zip)).toEqual(['whole'])
    await expectWhole('1.98.1')
  })
})

describe('kill -9', () => {
  it('in the middle of a download: the next install resumes it', async () => {
    const zip = proxy.publish('1.98.1', { more: 200 })
    proxy.files.fault(zip, { stallAfter: 200_000, times: 1 })
    const { child, done } = me.start('install', '1.98.1', '--bare')
    const partial = async (): Promise<boolean> => {
      for (const name of await list('cache/downloads')) {
        if (name.endsWith('.partial')) return (await readFile(join(me.home, 'cache/downloads', name))).length > 100_000
      }
      return false
    }
    await until(partial)
    child.kill('SIGKILL')
    await done
    expect((await me.gonative('install', '1.98.1', '--bare')).code).toBe(0)
    expect(zipRequests(zip)[1]).toMatch(/^bytes=[1-9]\d*-$/)
    await expectWhole('1.98.1')
  })

  it('in the middle of unpacking: nothing stale is left', async () => {
    proxy.publish('1.98.1', { more: 4000 })
    const { child, done } = me.start('install', '1.98.1', '--bare')
    await until(async () =>
      (await list('staging')).some((name) => existsSync(join(me.home, 'staging', name, 'tree/src/filler'))),
    )
    child.kill('SIGKILL')
    await done
    expect(await list('staging')).toHaveLength(1)
    expect((await me.gonative('install', '1.98.1', '--bare')).code).toBe(0)
    await expectWhole('1.98.1')
  })

  // The steps after unpacking take no time in which to aim a signal; this kills the process at a call's very moment.
  const killAt = (call: string): Record<string, string> => ({
    NODE_OPTIONS: `--import=${new URL('../support/kill-at.mjs', import.meta.url).href}`,
    KILL_AT: call,
  })

  for (const [moment, call] of [
    ['before the tree is in its place', 'rename .*/toolchains/go1\\.98\\.1$'],
    ['between the tree and its manifest', 'rename .*\\.files$'],
    ['between the manifest and the receipt', 'rename .*\\.receipt\\.json$'],
    ['after the receipt, before the shims', 'rename .*/shims/go$'],
  ] as const) {
    it(`while sealing, ${moment}: the next install makes it whole`, async () => {
      proxy.publish('1.98.1')
      const killed = await user(join(me.home, '..'), { ...proxy.env, ...killAt(call) })
      expect((await killed.gonative('install', '1.98.1', '--bare')).code).toBe(-1)
      expect((await me.gonative('list', '--json')).code).toBe(0)
      expect((await me.gonative('install', '1.98.1', '--bare')).code).toBe(0)
      await expectWhole('1.98.1')
    })
  }

  it('while grafting: nothing stale is left, and the graft is made', async () => {
    proxy.publish('1.98.1')
    const acme = await serveAcme()
    onTestFinished(() => acme.close())
    const graft = ['install', '1.98.1', '--targets', 'linux/mips64', '--strategy', 'acme-cc']
    const whole = await user(join(me.home, '..'), { ...proxy.env, ACME_URL: acme.url })
    expect(await linkAcme(whole)).toMatchObject({ code: 0 })
    const killed = await user(join(me.home, '..'), { ...whole.env, ...killAt('rename .*/grafts/acme') })
    expect((await killed.gonative(...graft)).code).toBe(-1)
    expect(await list('staging')).toHaveLength(2) // the toolchain's and the graft's
    expect(await whole.gonative(...graft)).toMatchObject({ code: 0 })
    expect(await list('grafts')).toHaveLength(1)
    await expectWhole('1.98.1')
  })

  it('while uninstalling: the version is gone, and can be installed again', async () => {
    proxy.publish('1.98.1')
    await me.gonative('install', '1.98.1', '--bare')
    const killed = await user(join(me.home, '..'), { ...proxy.env, ...killAt('rename .*/discarded$') })
    expect((await killed.gonative('uninstall', '1.98.1')).code).toBe(-1)
    expect((await me.gonative('list')).stdout).toBe('')
    expect((await me.gonative('install', '1.98.1', '--bare')).code).toBe(0)
    await expectWhole('1.98.1')
  })
})
