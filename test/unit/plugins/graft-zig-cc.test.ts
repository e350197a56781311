import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Plan, Refusal, Target } from '../../../src/contract/index.js'
import register from '../../../plugins/graft-zig-cc/src/register.js'
import strategy from '../../../plugins/graft-zig-cc/src/strategy.js'
import { parseTarget } from '../../../src/target/target.js'
import { testContext } from '../../support/context.js'

const host = { os: 'linux', arch: 'amd64' }
const plan = (text: string, libc?: string, go = '1.27.4'): Plan | Refusal =>
  strategy.plan({ tool: 'go', version: go }, parseTarget(text, libc), host)

const made: string[] = []
afterEach(() => made.splice(0).forEach((directory) => rmSync(directory, { recursive: true })))

describe('the plan of zig-cc', () => {
  it('is registered under its id', async () => {
    const [descriptor, ...others] = await register({ apiVersion: 1 })
    expect(others).toEqual([])
    expect(descriptor).toMatchObject({ kind: 'strategy', id: 'zig-cc', priority: 50 })
    expect((await descriptor?.load())?.default).toBe(strategy)
  })

  it.each([
    ['linux/amd64', undefined, 'x86_64-linux-gnu.2.17', 'gnu.2.17'],
    ['linux/arm64', undefined, 'aarch64-linux-gnu.2.17', 'gnu.2.17'],
    ['linux/386', undefined, 'x86-linux-gnu.2.17', 'gnu.2.17'],
    ['linux/riscv64', undefined, 'riscv64-linux-gnu.2.27', 'gnu.2.27'],
    ['linux/arm', undefined, 'arm-linux-gnueabihf.2.17', 'gnu.2.17'],
    ['linux/arm/v5', undefined, 'arm-linux-gnueabihf.2.17', 'gnu.2.17'],
    ['linux/arm', 'musl', 'arm-linux-musleabihf', 'musl'],
    ['linux/ppc64le', undefined, 'powerpc64le-linux-gnu.2.32', 'gnu.2.32'],
    ['linux/s390x', undefined, 's390x-linux-gnu.2.17', 'gnu.2.17'],
    ['linux/loong64', undefined, 'loongarch64-linux-gnu.2.36', 'gnu.2.36'],
    ['linux/loong64', 'musl', 'loongarch64-linux-musl', 'musl'],
    ['linux/mips', undefined, 'mips-linux-gnueabihf.2.17', 'gnu.2.17'],
    ['linux/mipsle/softfloat', undefined, 'mipsel-linux-gnueabihf.2.17', 'gnu.2.17'],
    ['linux/mipsle', 'musl', 'mipsel-linux-musleabihf', 'musl'],
    ['linux/mips64', undefined, 'mips64-linux-gnuabi64.2.17', 'gnu.2.17'],
    ['linux/mips64le', 'musl', 'mips64el-linux-muslabi64', 'musl'],
    ['linux/ppc64', undefined, 'powerpc64-linux-musl', 'musl'],
    ['windows/386', undefined, 'x86-windows-gnu', undefined],
    ['windows/amd64', undefined, 'x86_64-windows-gnu', undefined],
    ['windows/arm64', undefined, 'aarch64-windows-gnu', undefined],
    ['darwin/amd64', undefined, 'x86_64-macos.13.0', undefined],
    ['darwin/arm64', undefined, 'aarch64-macos.13.0', undefined],
    ['freebsd/386', undefined, 'x86-freebsd.14.0', undefined],
    ['freebsd/amd64', undefined, 'x86_64-freebsd.14.0', undefined],
    ['freebsd/arm', undefined, 'arm-freebsd.14.0-eabihf', undefined],
    ['freebsd/arm64', undefined, 'aarch64-freebsd.14.0', undefined],
    ['netbsd/386', undefined, 'x86-netbsd.10.1', undefined],
    ['netbsd/amd64', undefined, 'x86_64-netbsd.10.1', undefined],
    ['netbsd/arm', undefined, 'arm-netbsd.10.1-eabihf', undefined],
    ['netbsd/arm64', undefined, 'aarch64-netbsd.10.1', undefined],
    ['openbsd/386', undefined, 'x86-openbsd.7.8', undefined],
    ['openbsd/amd64', undefined, 'x86_64-openbsd.7.8', undefined],
    ['openbsd/arm', undefined, 'arm-openbsd.7.8-eabi', undefined],
    ['openbsd/arm64', undefined, 'aarch64-openbsd.7.8', undefined],
    ['openbsd/riscv64', undefined, 'riscv64-openbsd.7.8', undefined],
    ['linux/amd64', 'gnu', 'x86_64-linux-gnu.2.17', 'gnu.2.17'],
    ['linux/amd64', 'gnu.2.28', 'x86_64-linux-gnu.2.28', 'gnu.2.28'],
    ['linux/amd64', 'gnu.2.5', 'x86_64-linux-gnu.2.5', 'gnu.2.5'],
    ['linux/arm64', 'musl', 'aarch64-linux-musl', 'musl'],
    ['linux/amd64/v3', undefined, 'x86_64-linux-gnu.2.17', 'gnu.2.17'],
  ])('for %s with libc %s takes the triple %s', (text, libc, triple, chosen) => {
    const target: Target = { ...parseTarget(text), ...(chosen === undefined ? {} : { libc: chosen }) }
    expect(plan(text, libc)).toEqual({
      name: `zig-${triple}`,
      target,
      needs: [{ tool: 'zig', versions: text.startsWith('openbsd/') ? ['0.17.0'] : ['0.17.0', '0.16.0'] }],
    })
  })

  it.each([
    ['js/wasm', undefined, '1.27.4', 'not among the targets'],
    ['linux/arm64', 'gnu.2.16', '1.27.4', 'begins with 2.17'],
    ['linux/riscv64', 'gnu.2.17', '1.27.4', 'begins with 2.27'],
    ['linux/arm', 'gnu.2.3', '1.27.4', 'begins with 2.4'],
    ['linux/ppc64le', 'gnu.2.28', '1.27.4', 'begins with 2.32'],
    ['linux/amd64', 'gnu.2.99', '1.27.4', 'newer than any'],
    ['windows/amd64', 'musl', '1.27.4', 'one C library'],
    ['darwin/arm64', 'gnu', '1.27.4', 'one C library'],
    ['linux/386/softfloat', undefined, '1.27.4', 'SSE2'],
    ['linux/mips64/softfloat', undefined, '1.27.4', 'floating-point registers'],
    ['linux/ppc64', 'gnu', '1.27.4', 'ELFv2'],
    ['linux/ppc64', undefined, '1.26.8', 'from Go 1.27'],
    ['linux/amd64', undefined, '1.5.4', 'leaves the C of its standard library out'],
    ['linux/amd64', undefined, '1.2.2', 'leaves the C of its standard library out'],
    ['linux/amd64', 'musl', '1.9.7', 'dynamic symbols of glibc'],
    ['windows/amd64', undefined, '1.9.7', 'ELF only'],
    ['darwin/arm64', undefined, '1.21.13', 'bad relocation'],
    ['darwin/amd64', undefined, '1.21.13', 'bad relocation'],
    ['linux/loong64', undefined, '1.19.13', 'relocations'],
    ['openbsd/amd64', undefined, '1.19.13', 'since 7.5'],
    ['freebsd/arm/v5', undefined, '1.27.4', 'ARMv6'],
    ['openbsd/arm/v6', undefined, '1.27.4', 'armv7'],
    ['linux/riscv64', undefined, '1.15', 'from Go 1.16'],
    ['linux/mips64le', undefined, '1.9.7', 'crash'],
  ])('refuses %s with libc %s for go %s, saying %s', (text, libc, go, reason) => {
    expect(plan(text, libc, go)).toMatchObject({ refused: expect.stringContaining(reason) as string })
  })

  it.each([
    ['1.22.12', 'zig-x86_64-macos.10.15', 'zig-aarch64-macos.11.0'],
    ['1.23.0', 'zig-x86_64-macos.11.0', 'zig-aarch64-macos.11.0'],
    ['1.24.9', 'zig-x86_64-macos.11.0', 'zig-aarch64-macos.11.0'],
    ['1.25rc1', 'zig-x86_64-macos.12.0', 'zig-aarch64-macos.12.0'],
    ['1.26.3', 'zig-x86_64-macos.12.0', 'zig-aarch64-macos.12.0'],
    ['1.27.4', 'zig-x86_64-macos.13.0', 'zig-aarch64-macos.13.0'],
  ])('with Go %s asks for no newer macOS than Go does: %s', (go, amd64, arm64) => {
    expect(plan('darwin/amd64', undefined, go)).toMatchObject({ name: amd64 })
    expect(plan('darwin/arm64', undefined, go)).toMatchObject({ name: arm64 })
  })

  it('takes Go 1.6 with glibc, 1.10 with anything, and the newest prereleases', () => {
    expect(plan('linux/amd64', undefined, '1.6')).toHaveProperty('name')
    expect(plan('linux/amd64', 'musl', '1.10')).toHaveProperty('name')
    expect(plan('windows/amd64', undefined, '1.10')).toHaveProperty('name')
    expect(plan('darwin/arm64', undefined, '1.28rc1')).toHaveProperty('name')
  })
})

describe('what zig-cc writes', () => {
  const apply = async (text: string, go = '1.27.4', zig = '0.17.0') => {
    const directory = mkdtempSync(join(tmpdir(), 'graft-'))
    made.push(directory)
    const planned = plan(text, undefined, go)
    if ('refused' in planned) throw new Error(planned.refused)
    const grafted = await strategy.apply(
      planned,
      {
        directory,
        toolchain: { tool: 'go', version: go, path: '/nowhere/go' },
        needs: { zig: { tool: 'zig', version: zig, path: '/nowhere/zig' } },
        distributions: [],
      },
      await testContext(),
    )
    if ('refused' in grafted) throw new Error(grafted.refused)
    const files = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    return { env: grafted.env, files: Object.fromEntries(files.map((f) => [f.slice(directory.length + 1), read(f)])) }
  }
  const read = (file: string) => readFileSync(file, 'utf8')

  it('is three wrappers and the variables that name them', async () => {
    const { env, files } = await apply('linux/arm64')
    expect(Object.keys(files).sort()).toEqual(['ar.sh', 'c++.sh', 'cc.sh'])
    expect(env).toEqual({
      CC: 'gonative-cc {graft}',
      CXX: 'gonative-c++ {graft}',
      AR: 'gonative-ar {graft}',
      CGO_ENABLED: '1',
    })
  })

  it('has for linux/arm the atomics of ARMv5, and for no other target', async () => {
    const { files } = await apply('linux/arm/v7')
    expect(Object.keys(files).sort()).toEqual(['ar.sh', 'c++.sh', 'cc.sh', 'lib/armv5-atomics.c'])
    for (const name of ['val_compare_and_swap_', 'lock_test_and_set', 'fetch_and_nand', 'synchronize']) {
      expect(files['lib/armv5-atomics.c']).toContain(name)
    }
    expect(Object.keys((await apply('linux/s390x')).files).sort()).toEqual(['ar.sh', 'c++.sh', 'cc.sh'])
  })

  it("has for MIPS a linker script that keeps Go's debug information and leaves C's out", async () => {
    for (const target of ['linux/mips', 'linux/mipsle', 'linux/mips64', 'linux/mips64le']) {
      const { files } = await apply(target)
      expect(files['lib/mips-debug.ld'], target).toMatch(
        /DISCARD.*EXCLUDE_FILE\(\*\/go\.o\) \.debug_\*[^]*INSERT AFTER/,
      )
    }
  })

  it('names no path of this machine, so that a graft is the same everywhere', async () => {
    const { files } = await apply('darwin/arm64')
    for (const text of Object.values(files)) expect(text).not.toMatch(/nowhere|\/tmp/)
  })

  it('holds the version of zig that it was given', async () => {
    const { files } = await apply('linux/amd64', '1.27.4', '0.16.0')
    expect(files['cc.sh']).toContain('exec "$home/compilers/zig-0.16.0/zig" cc -target x86_64-linux-gnu.2.17 ')
    expect(files['c++.sh']).toContain('/zig" c++ -target ')
  })

  it('has for darwin every library and framework name that Go links with', async () => {
    const { files } = await apply('darwin/arm64')
    const has = (file: string, symbol: string) => expect(files[file]).toMatch(new RegExp(`[ ,]${symbol}[ ,]`))
    has('lib/libresolv.tbd', '_res_9_nsearch')
    has('lib/libobjc.tbd', '_objc_msgSend')
    has('Frameworks/CoreFoundation.framework/CoreFoundation.tbd', '_CFRelease')
    has('Frameworks/Security.framework/Security.tbd', '_SecTrustEvaluateWithError')
    for (const [name, text] of Object.entries(files).filter(([name]) => name.endsWith('.tbd'))) {
      expect(text, name).toMatch(/^--- !tapi-tbd\ntbd-version: 4\n[^]*\n\.\.\.\n$/)
    }
  })

  it('has for darwin a header in the place of each that only the SDK has, which says so', async () => {
    const { files } = await apply('darwin/amd64')
    expect(files['include/CoreFoundation/CoreFoundation.h']).toMatch(/^#error .*CoreFoundation\.h .*: set SDKROOT/)
    expect(files['include/Foundation/Foundation.h']).toContain('set SDKROOT')
    expect(Object.keys((await apply('linux/arm64')).files).filter((name) => name.endsWith('.h'))).toEqual([])
  })

  it('refuses to carry out a plan that is not its own', async () => {
    const toolchain = { tool: 'go', version: '1.27.4', path: '' }
    const site = { directory: '/nowhere', toolchain, needs: {}, distributions: [] }
    const foreign = { name: 'x', target: { goos: 'plan9', goarch: 'arm' }, needs: [] }
    await expect(strategy.apply(foreign, site, await testContext())).rejects.toThrow("can't carry out")
  })
})
