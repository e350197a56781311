import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TargetRow } from '../../src/install/graft/targets.js'
import { user, type User } from '../support/cli.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'
import { fakeNdk } from '../support/ndk.js'
import { suiteDirectory } from '../support/suite.js'

const directory = suiteDirectory()
let proxy: GoProxy
let me: User
let ndk: string
beforeAll(async () => {
  proxy = await serveGo()
  proxy.publish('1.98.1')
  me = await user(directory, proxy.env)
  ndk = await fakeNdk(join(directory, `it's an "ndk"`))
  await me.gonative('install', '1.98.1', '--bare')
})
afterAll(() => proxy.close())

const rowOf = async (target: string, who = me): Promise<TargetRow | undefined> => {
  const rows = JSON.parse((await who.gonative('targets', '--json')).stdout) as TargetRow[]
  return rows.find((row) => row.target === target)
}

describe('targets', () => {
  it('says for each that cannot be native why not, and what would help', async () => {
    expect(await rowOf('android/arm64')).toMatchObject({
      cgo: true,
      strategy: null,
      reason: expect.stringContaining('NDK') as string,
      remedy: expect.stringContaining('ANDROID_NDK_HOME') as string,
      see: expect.stringMatching(/^https:/) as string,
    })
    expect(await rowOf('js/wasm')).toMatchObject({ cgo: false, reason: 'Go has no cgo for WebAssembly' })
    expect(await rowOf('linux/arm64')).toMatchObject({ strategy: 'zig-cc', reason: null, remedy: null, see: null })
  })

  it('shows them in 80 columns, those with one reason together', async () => {
    const { stdout } = await me.gonative('targets')
    expect(stdout).toContain('  android/386 android/amd64 android/arm android/arm64\n')
    expect(stdout).toContain('    To have it: ')
    for (const line of stdout.split('\n')) if (!line.includes('https:')) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('finds an NDK that the environment names', async () => {
    const other = await user(directory, { ...proxy.env, ANDROID_NDK_HOME: ndk })
    expect(await rowOf('android/arm', other)).toMatchObject({
      strategy: 'android-ndk',
      libc: 'bionic.21',
      sysroot: ndk,
      reason: null,
    })
  })
})

describe('graft --sysroot', () => {
  it('takes an NDK, whose compiler a build for android gets', async () => {
    const ran = await me.gonative('graft', 'android/arm64', '--sysroot', ndk, '--libc', 'bionic.24')
    expect(ran).toMatchObject({ code: 0 })
    expect(await rowOf('android/arm64')).toMatchObject({ grafted: true, libc: 'bionic.24', sysroot: ndk })
    const env = await readFile(join(me.home, 'env/go1.98.1/android-arm64'), 'utf8')
    const id = /^CC=gonative-cc (.*)$/m.exec(env)?.[1] ?? ''
    const record = join(directory, 'record')
    expect((await me.run('gonative-cc', [id, '-c', 'a b.c'], { RECORD: record })).code).toBe(0)
    expect((await readFile(record, 'utf8')).split('\0').slice(0, -1)).toEqual([
      'aarch64-linux-android24-clang',
      '-c',
      'a b.c',
    ])
  })

  it('is never left out in silence: a strategy without a use for it is passed over', async () => {
    const ran = await me.gonative('graft', 'windows/amd64', '--sysroot', ndk)
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('it does not build with a sysroot of yours')
    expect(await readdir(join(me.home, 'env/go1.98.1'))).not.toContain('windows-amd64')
  })

  it('without an NDK says where one comes from', async () => {
    const ran = await me.gonative('graft', 'android/386')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('https://developer.android.com/ndk/downloads')
  })
})
