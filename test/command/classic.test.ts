/** Grafts of Go 1.4 and older: compilers from source, generated files and packages, which are one graft together. */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { user, type User } from '../support/cli.js'
import { temporaryDirectory } from '../support/context.js'
import { compilerSources, oldToolchain, publishDistribution } from '../support/distributions.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'
import { list, rowOf, toolchain } from '../support/toolchain.js'

const version = '1.4.99'
let proxy: GoProxy
let mirror: string
let me: User
beforeEach(async () => {
  proxy = await serveGo()
  const directory = await temporaryDirectory()
  mirror = join(directory, 'mirror')
  await mkdir(mirror)
  me = await user(directory, { ...proxy.env, GONATIVE_MIRROR: mirror })
  const own = ['zgoos_linux.go', 'zgoarch_amd64.go', 'zversion.go', 'zasm_linux_amd64.h']
  const generated = own.map((name) => ({ name: `src/runtime/${name}`, data: name }))
  proxy.publish(version, { members: [...oldToolchain(version), ...compilerSources, ...generated] })
})
afterEach(() => proxy.close())

/** What the build of a distribution for a platform generates, and one file that every build has of its own. */
function generatedFor(goos: string, goarch: string): Record<string, string> {
  const names = [`zgoos_${goos}.go`, `zgoarch_${goarch}.go`, `zasm_${goos}_${goarch}.h`]
  return { ...Object.fromEntries(names.map((name) => [name, name])), 'zversion.go': `of ${goos}` }
}
const publish = (
  goos: string,
  goarch: string,
  more: { packages?: string[]; generated?: Record<string, string> } = {},
) =>
  publishDistribution(mirror, {
    version,
    host: `${goos}-${goarch}`,
    generated: generatedFor(goos, goarch),
    ...more,
  })
const { tree, receipt } = toolchain(() => me, version)

const compilers = ['8a', '8c', '8g', '8l']

describe('install of Go 1.4 and older', () => {
  it('grafts those of the original targets that can be had, and says in one line which were left out', async () => {
    for (const [goos, goarch] of [
      ['darwin', 'amd64'],
      ['linux', '386'],
      ['windows', '386'],
    ] as const)
      await publish(goos, goarch)
    const ran = await me.gonative('install', version)
    expect(ran).toMatchObject({ code: 0 })
    expect(ran.stdout).toContain('cgo for darwin/amd64 linux/386 windows/386\n')
    const said = ran.stderr.split('\n').filter((line) => line.includes('left out'))
    expect(said).toEqual([`left out freebsd/amd64 windows/amd64: no source has go ${version} for it`])
    const { grafts, missing } = await receipt()
    expect(missing).toBeUndefined()
    expect(grafts.map(({ target, parts }) => [target, parts])).toEqual([
      ['darwin/amd64', ['z-files', 'pkg-copy']],
      ['linux/386', ['target-compilers', 'z-files', 'pkg-copy']],
      ['windows/386', ['target-compilers', 'z-files', 'pkg-copy']],
    ])
    expect(grafts.every(({ distributions }) => distributions?.length === 1)).toBe(true)
    expect(await readFile(tree('pkg/tool/linux_amd64/8g'), 'utf8')).toMatch(/^8g by (gcc|clang|cc) -w/)
    expect(await readFile(tree('src/runtime/zversion.go'), 'utf8')).toBe('zversion.go')
    expect((await me.gonative('verify')).code).toBe(0)
  })

  it('has Go alone where none of their distributions can be had', async () => {
    const ran = await me.gonative('install', version)
    expect(ran).toMatchObject({ code: 0 })
    expect((await receipt()).grafts).toEqual([])
  })
})

describe('a graft of three parts', () => {
  beforeEach(async () => {
    expect(await me.gonative('install', version, '--bare')).toMatchObject({ code: 0 })
    await publish('linux', '386')
    await publish('windows', '386')
  })

  it('shares the files of its machine with another, and takes them out with the last', async () => {
    expect(await me.gonative('graft', 'linux/386')).toMatchObject({ code: 0 })
    expect(await me.gonative('graft', 'windows/386')).toMatchObject({ code: 0 })
    expect(await list(tree('pkg/tool/linux_amd64'))).toEqual([...compilers, 'compile'])
    expect(await me.gonative('graft', 'linux/386', '--remove')).toMatchObject({ code: 0 })
    expect(await list(tree('pkg/tool/linux_amd64'))).toEqual([...compilers, 'compile'])
    expect(await list(tree('src/runtime'))).toContain('zgoarch_386.go')
    expect(await list(tree('src/runtime'))).not.toContain('zasm_linux_386.h')
    expect((await me.gonative('verify')).code).toBe(0)
    expect(await me.gonative('graft', 'windows/386', '--remove')).toMatchObject({ code: 0 })
    expect(await list(tree('pkg/tool/linux_amd64'))).toEqual(['compile'])
    expect(await list(tree('src/runtime'))).toHaveLength(4)
    expect((await me.gonative('verify')).code).toBe(0)
  })

  it('is made anew over itself', async () => {
    expect(await me.gonative('graft', 'windows/386')).toMatchObject({ code: 0 })
    expect(await me.gonative('graft', 'windows/386')).toMatchObject({ code: 0 })
    expect(await list(tree('src/runtime'))).toHaveLength(7)
  })

  it('is refused when it has a file that another graft has otherwise', async () => {
    expect(await me.gonative('graft', 'linux/386')).toMatchObject({ code: 0 })
    await publish('windows', '386', { generated: { ...generatedFor('windows', '386'), 'zgoarch_386.go': 'another' } })
    const ran = await me.gonative('graft', 'windows/386')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain(`zgoarch_386.go, which is another graft's`)
    expect((await receipt()).grafts).toHaveLength(1)
    expect((await me.gonative('verify')).code).toBe(0)
  })

  it('is refused as a whole when one of them has nothing to give', async () => {
    await publish('windows', '386', { generated: {} })
    const ran = await me.gonative('graft', 'windows/386')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain(
      'z-files does not make windows/386 native: the distribution has nothing in src/runtime',
    )
    expect(await list(tree('pkg/tool/linux_amd64'))).toEqual(['compile'])
    expect(await list(join(me.home, 'grafts'))).toEqual([])
  })

  it('is refused with the compiler`s own words when that fails', async () => {
    const bin = join(me.cwd, 'bin')
    await mkdir(bin)
    for (const name of ['gcc', 'ar']) {
      await writeFile(join(bin, name), `#!/bin/sh\necho 'no such header: stdio.h' >&2\nexit 1\n`)
      await chmod(join(bin, name), 0o755)
    }
    const other = await user(join(me.home, '..'), { ...me.env, PATH: `${bin}:${me.env.PATH ?? ''}` })
    const ran = await other.gonative('graft', 'windows/386')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toMatch(/target-compilers does not make [^]*gcc -w does not compile [^]*no such header: stdio.h/)
  })

  it('without cgo in its distribution says so, and builds without', async () => {
    await publish('windows', '386', { packages: ['fmt', 'net'] })
    const ran = await me.gonative('graft', 'windows/386', 'linux/386')
    const reason = 'the distribution was compiled without cgo'
    expect(ran).toMatchObject({
      code: 0,
      stdout: `go ${version}: cgo for linux/386; no cgo, and no native resolver, for windows/386: ${reason}\n`,
    })
    expect(await readFile(join(me.home, `env/go${version}/windows-386`), 'utf8')).toBe('CGO_ENABLED=0\nGO386=sse2\n')
    expect(await rowOf(me, 'windows/386')).toMatchObject({ grafted: true, reason })
    expect((await me.gonative('targets')).stdout).toContain(
      'Grafted, and without cgo and a native resolver:\n  windows/386\n',
    )
  })

  it('is for a platform that was never official too, if somebody has made its distribution', async () => {
    expect(await rowOf(me, 'linux/arm')).toMatchObject({
      strategy: null,
      reason: `Go ${version} has no official distribution for it`,
    })
    const absent = await me.gonative('graft', 'freebsd/386')
    expect(absent).toMatchObject({ code: 5 })
    await publish('netbsd', '386')
    expect(await me.gonative('graft', 'netbsd/386')).toMatchObject({ code: 0 })
    expect(await rowOf(me, 'netbsd/386')).toMatchObject({ grafted: true })
    const arm = await me.gonative('graft', 'linux/arm')
    expect(arm.stderr).toContain(
      `no source has go ${version} for linux/arm (Go ${version} has no official distribution`,
    )
  })

  it.each<[strategy: string, files: string[], tools: string[]]>([
    ['z-files', ['zasm_windows_386.h', 'zgoarch_386.go', 'zgoos_windows.go'], []],
    ['target-compilers', [], compilers],
  ])('can have %s alone, when the user names it', async (strategy, files, tools) => {
    expect(await me.gonative('graft', 'windows/386', '--strategy', strategy)).toMatchObject({ code: 0 })
    expect((await list(tree('src/runtime'))).filter((name) => files.includes(name))).toEqual(files)
    expect((await list(tree('pkg/tool/linux_amd64'))).filter((name) => tools.includes(name))).toEqual(tools)
    expect(await list(tree('pkg'))).toEqual(['tool'])
  })
})
