import { spawnSync } from 'node:child_process'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import android from '../../../plugins/graft-sysroot/src/android.js'
import register from '../../../plugins/graft-sysroot/src/register.js'
import sysroot from '../../../plugins/graft-sysroot/src/sysroot.js'
import type { Plan, Refusal, Strategy, Target } from '../../../src/contract/index.js'
import { parseTarget } from '../../../src/target/target.js'
import { temporaryDirectory, testContext } from '../../support/context.js'
import { fakeNdk } from '../../support/ndk.js'

const host = { os: 'linux', arch: 'amd64' }
const go = { tool: 'go', version: '1.27.4' }

const planned = async (
  strategy: Strategy,
  target: Target,
  env: Record<string, string> = {},
): Promise<Plan | Refusal> => {
  const context = await testContext({ env })
  return strategy.plan(go, target, host, await strategy.look?.(target, context))
}
const accepted = async (strategy: Strategy, target: Target, env?: Record<string, string>): Promise<Plan> => {
  const answer = await planned(strategy, target, env)
  if ('refused' in answer) throw new Error(answer.refused)
  return answer
}
/** Applies a plan into a directory of its own. */
const applied = async (strategy: Strategy, plan: Plan) => {
  const directory = await temporaryDirectory()
  const needs = { zig: { tool: 'zig', version: '0.17.0', path: '/nowhere' } }
  const site = { directory, toolchain: { ...go, path: '/nowhere' }, needs, distributions: [] }
  const grafted = await strategy.apply(plan, site, await testContext())
  if ('refused' in grafted) throw new Error(grafted.refused)
  return { directory, env: grafted.env, read: (name: string) => readFile(join(directory, name), 'utf8') }
}

it('registers two strategies that go before the others', async () => {
  const offers = await register({ apiVersion: 1 })
  expect(offers.map(({ id, priority }) => [id, priority < 50])).toEqual([
    ['android-ndk', true],
    ['sysroot', true],
  ])
  for (const offer of offers) expect((await offer.load()).default).toHaveProperty('plan')
})

describe('the plan of android-ndk', () => {
  it.each([
    ['android/arm64', 'aarch64-linux-android21'],
    ['android/arm', 'armv7a-linux-androideabi21'],
    ['android/arm/v7', 'armv7a-linux-androideabi21'],
    ['android/386', 'i686-linux-android21'],
    ['android/amd64', 'x86_64-linux-android21'],
  ])('for %s is the compiler %s of the NDK that the environment names', async (text, compiler) => {
    const ndk = await fakeNdk(await temporaryDirectory())
    for (const variable of ['ANDROID_NDK_HOME', 'ANDROID_NDK_ROOT', 'ANDROID_NDK']) {
      expect(await planned(android, parseTarget(text), { [variable]: ndk })).toEqual({
        name: `ndk-27.2.12479018-${compiler}`,
        target: { ...parseTarget(text), libc: 'bionic.21', sysroot: ndk },
        needs: [],
      })
    }
  })

  it('takes the newest NDK of an SDK, and one that is named before any', async () => {
    const sdk = await temporaryDirectory()
    await fakeNdk(join(sdk, 'ndk/9.1.0'), { revision: '9.1.0' })
    await fakeNdk(join(sdk, 'ndk/26.3.11579264'), { revision: '26.3.11579264' })
    const env = { ANDROID_HOME: sdk }
    expect(await accepted(android, parseTarget('android/arm64'), env)).toMatchObject({
      name: expect.stringMatching(/^ndk-26\.3\./) as string,
    })
    const named = parseTarget('android/arm64', undefined, join(sdk, 'ndk/9.1.0'))
    expect(await accepted(android, named, { ...env, ANDROID_NDK_HOME: '/wrong' })).toMatchObject({
      name: expect.stringMatching(/^ndk-9\.1/) as string,
    })
  })

  it('has the API level that was asked for, and else the lowest of the NDK from 21 on', async () => {
    const ndk = await fakeNdk(await temporaryDirectory(), { levels: [16, 19, 23, 35] })
    const env = { ANDROID_NDK_HOME: ndk }
    const level = async (libc?: string) => (await accepted(android, parseTarget('android/arm', libc), env)).target.libc
    expect(await level()).toBe('bionic.23')
    expect(await level('bionic.16')).toBe('bionic.16')
    expect(await planned(android, parseTarget('android/arm', 'bionic.22'), env)).toEqual({
      refused: expect.stringContaining('API levels 16, 19, 23, 35') as string,
    })
    expect(await planned(android, parseTarget('android/arm', 'musl'), env)).toEqual({
      refused: expect.stringContaining('ask for bionic.21') as string,
    })
  })

  it('says where an NDK comes from and which variable names it, when there is none', async () => {
    const answer = await planned(android, parseTarget('android/arm64'))
    expect(answer).toMatchObject({ refused: expect.stringContaining('NDK') as string })
    expect(answer).toMatchObject({
      remedy: expect.stringMatching(/developer\.android\.com.*ANDROID_NDK_HOME.*--sysroot/) as string,
    })
  })

  it('names what is wrong with a directory that is none, or that is for other machines', async () => {
    const empty = await temporaryDirectory()
    expect(await planned(android, parseTarget('android/arm64'), { ANDROID_NDK_HOME: empty })).toMatchObject({
      refused: expect.stringContaining(`ANDROID_NDK_HOME=${empty} is not an NDK`) as string,
    })
    const other = await fakeNdk(await temporaryDirectory(), { tag: 'windows-x86_64' })
    expect(await planned(android, parseTarget('android/arm64', undefined, other))).toMatchObject({
      refused: expect.stringContaining('without a compiler for linux/amd64') as string,
    })
  })

  it('refuses what the NDK has nothing for', async () => {
    const env = { ANDROID_NDK_HOME: await fakeNdk(await temporaryDirectory()) }
    expect(await planned(android, parseTarget('android/arm/v6'), env)).toMatchObject({
      refused: expect.stringContaining('ARMv7') as string,
    })
    expect(await planned(android, parseTarget('linux/arm64'), env)).toHaveProperty('refused')
  })
})

describe('the graft of android-ndk', () => {
  const graftOf = async () => {
    const ndk = await fakeNdk(await temporaryDirectory())
    const plan = await accepted(android, parseTarget('android/arm64', 'bionic.24', ndk))
    return { ndk, ...(await applied(android, plan)) }
  }
  const run = (directory: string, script: string, args: string[], env: Record<string, string> = {}) =>
    spawnSync('sh', ['-c', `graft=$0; . "$graft/${script}"`, directory, ...args], { encoding: 'utf8', env })

  it.each([
    ['cc.sh', 'aarch64-linux-android24-clang'],
    ['c++.sh', 'aarch64-linux-android24-clang++'],
    ['ar.sh', 'llvm-ar'],
  ])("'s %s becomes the NDK's own %s, with the arguments as they are", async (script, program) => {
    const { directory } = await graftOf()
    const record = join(await temporaryDirectory(), 'record')
    const args = ['-c', '', 'a b', `it's "$HOME"`, '-o', '*']
    expect(run(directory, script, args, { RECORD: record }).status).toBe(0)
    expect((await readFile(record, 'utf8')).split('\0').slice(0, -1)).toEqual([program, ...args])
  })

  it('names the NDK and its revision, so that another NDK is another compiler to the go command', async () => {
    const { ndk, read } = await graftOf()
    const text = await read('cc.sh')
    expect(text).toContain('27.2.12479018')
    expect(text).toContain(ndk.replaceAll("'", String.raw`'\''`))
  })

  it('says which command mends it, when the NDK has gone', async () => {
    const { ndk, directory } = await graftOf()
    await rename(ndk, `${ndk}-gone`)
    const ran = run(directory, 'cc.sh', ['x.c'], { GOOS: 'android', GOARCH: 'arm64' })
    await rename(`${ndk}-gone`, ndk)
    expect(ran.status).toBe(1)
    expect(ran.stderr).toContain('gonative graft android/arm64 --sysroot DIRECTORY')
  })
})

describe('the plan of sysroot', () => {
  it.each([
    ['aix/ppc64', 'CC'],
    ['solaris/amd64', 'CC'],
    ['illumos/amd64', 'CC'],
    ['ios/arm64', 'xcrun'],
    ['dragonfly/amd64', '--sysroot'],
  ])('refuses %s, and says what would help', async (text, remedy) => {
    expect(await planned(sysroot, parseTarget(text))).toMatchObject({
      remedy: expect.stringContaining(remedy) as string,
    })
  })

  const fakeSystem = async (files: Record<string, string>) => {
    const root = await temporaryDirectory()
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(root, name, '..'), { recursive: true })
      await writeFile(join(root, name), text)
    }
    return root
  }
  const debian = {
    'usr/include/stdlib.h': '',
    'usr/include/aarch64-linux-gnu/sys/errno.h': '',
    'usr/lib/aarch64-linux-gnu/crt1.o': '1',
    'usr/lib/aarch64-linux-gnu/libc.so': 'GROUP ( /lib/aarch64-linux-gnu/libc.so.6 AS_NEEDED ( /lib/ld-linux.so.1 ) )',
    'usr/lib/aarch64-linux-gnu/libm.a': '!<arch>\n',
    'usr/lib/gcc/aarch64-linux-gnu/9/crtbegin.o': '',
    'usr/lib/gcc/aarch64-linux-gnu/12/crtbegin.o': '',
    'lib/aarch64-linux-gnu/libc.so.6': '\x7fELF',
  }

  it('leaves linux alone when no sysroot is named', async () => {
    expect(await planned(sysroot, parseTarget('linux/arm64'))).toEqual({ refused: 'no sysroot was named' })
  })

  it('takes a copy of a Debian, by --sysroot or by the variable of the target', async () => {
    const root = await fakeSystem(debian)
    const wanted = {
      name: 'sysroot-aarch64-linux-gnu',
      target: { goos: 'linux', goarch: 'arm64', libc: 'gnu', sysroot: root },
      needs: [{ tool: 'zig', versions: ['0.17.0'] }],
    }
    expect(await planned(sysroot, parseTarget('linux/arm64', undefined, root))).toEqual(wanted)
    expect(await planned(sysroot, parseTarget('linux/arm64'), { GONATIVE_SYSROOT_LINUX_ARM64: root })).toEqual(wanted)
    expect(await planned(sysroot, parseTarget('linux/arm64', 'musl', root))).toHaveProperty('refused')
  })

  it.each(['usr/include/stdlib.h', 'usr/lib/aarch64-linux-gnu/crt1.o'])(
    'names %s when that is missing',
    async (file) => {
      const root = await fakeSystem(Object.fromEntries(Object.entries(debian).filter(([name]) => name !== file)))
      expect(await planned(sysroot, parseTarget('linux/arm64', undefined, root))).toMatchObject({
        refused: expect.stringContaining('has no usr') as string,
      })
    },
  )

  it('writes the link files with names in the sysroot, and another text when the system is another', async () => {
    const root = await fakeSystem(debian)
    const plan = await accepted(sysroot, parseTarget('linux/arm64', undefined, root))
    const { read } = await applied(sysroot, plan)
    expect(await read('lib/libc.so')).toBe(
      `GROUP ( "${root}/lib/aarch64-linux-gnu/libc.so.6" AS_NEEDED ( "${root}/lib/ld-linux.so.1" ) )`,
    )
    expect(await read('lib/libm.a')).toBe(`INPUT ( "${root}/usr/lib/aarch64-linux-gnu/libm.a" )\n`)
    expect(await read('lib/crt1.o')).toBe('1')
    const before = await read('cc.sh')
    expect(before).toContain(`gcc/aarch64-linux-gnu/12'`)
    await writeFile(join(root, 'lib/aarch64-linux-gnu/libc.so.6'), '\x7fELF, newer')
    expect(await (await applied(sysroot, plan)).read('cc.sh')).not.toBe(before)
  })
})
