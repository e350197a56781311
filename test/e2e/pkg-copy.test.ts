/** The strategy pkg-copy with real distributions: Debian's builds of Go 1.19.8, and old Gos from the module proxy. */
import { cp, mkdir, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it, type TestContext } from 'vitest'
import strategy from '../../plugins/graft-pkg-copy/src/strategy.js'
import type { Inspection } from '../../src/inspect/inspection.js'
import type { TargetRow } from '../../src/install/graft/targets.js'
import type { User } from '../support/cli.js'
import { testContext } from '../support/context.js'
import { archiveName, debianGo, debianMirror, mirrorOrSkip } from '../support/debian-go.js'
import { runnerOrSkip } from '../support/emulator.js'
import { realUser } from '../support/real.js'
import { suiteDirectory } from '../support/suite.js'

const program = `package main

import (
	"fmt"
	"net"
	"os/user"
	"runtime"
)

func main() {
	found, err := net.LookupHost("localhost")
	fmt.Println(runtime.GOARCH, runtime.Version(), len(found) > 0, err)
	u, err := user.Current()
	fmt.Println(u != nil, err)
}
`

const directory = suiteDirectory()
const made = await debianMirror()

/** A store of its own whose mirror has Debian's archives, but for those of some machines. */
async function withMirror(name: string, ...without: string[]): Promise<User> {
  const whole = 'directory' in made ? made.directory : ''
  const mirror = join(directory, name, 'mirror')
  await mkdir(mirror, { recursive: true })
  for (const file of await readdir(whole)) {
    if (!without.some((machine) => file.startsWith(archiveName(machine))))
      await symlink(join(whole, file), join(mirror, file))
  }
  const me = await realUser(join(directory, name), { GONATIVE_MIRROR: mirror, GOENV: 'off' })
  await mkdir(join(me.cwd, 'a program'))
  await writeFile(join(me.cwd, 'a program/go.mod'), 'module program\n\ngo 1.19\n')
  await writeFile(join(me.cwd, 'a program/main.go'), program)
  expect(await me.gonative('install', debianGo, '--bare')).toMatchObject({ code: 0 })
  return me
}

/** The import paths of the packages that a build compiles. PATH has the shims and no C compiler. */
async function compiled(me: User, env: Record<string, string>, out: string): Promise<string[]> {
  const PATH = `${join(me.home, 'shims')}:/nowhere`
  const ran = await me.run('go', ['build', '-x', '-o', out, '.'], { ...env, PATH }, join(me.cwd, 'a program'))
  expect(ran).toMatchObject({ code: 0 })
  return [...ran.stderr.matchAll(/\/compile"? .* -p (\S+)/g)].map(([, path]) => path ?? '')
}

async function rowsOf(me: User): Promise<Record<string, TargetRow>> {
  const rows = JSON.parse((await me.gonative('targets', '--json')).stdout) as TargetRow[]
  return Object.fromEntries(rows.map((row) => [row.target, row]))
}

describe(`go ${debianGo} with its distributions for other machines`, () => {
  beforeEach((context) => void mirrorOrSkip(made, context))
  const grafted = ['linux/arm64', 'linux/386']
  let me: User
  beforeAll(async () => {
    if ('missing' in made) return
    me = await withMirror('lacking', 'armv6l')
    const ran = await me.gonative('graft', ...grafted, 'linux/arm', '--strategy', 'pkg-copy')
    expect(ran.code).toBe(1)
    expect(ran.stdout).toBe(`go ${debianGo}: cgo for ${grafted.join(' ')}\n`)
    expect(ran.stderr).toMatch(/has no graft for:\s+linux\/arm: no source has go 1\.19\.8 for linux\/arm/)
  })

  it('a mirror that lacks one grafts the others, and targets says what is missing', async () => {
    const rows = await rowsOf(me)
    for (const target of grafted)
      expect(rows[target]).toMatchObject({ grafted: true, strategy: 'pkg-copy', reason: null })
    expect(rows['linux/arm']).toMatchObject({
      grafted: false,
      reason: expect.stringContaining('no source has go 1.19.8 for linux/arm') as string,
    })
    expect((await me.gonative('verify')).stdout).toContain('files are as installed')
  })

  /** Compiles nothing but the program, which the C library then answers on its own machine. */
  const buildsAndRuns = async (who: User, goarch: string, context: TestContext): Promise<void> => {
    const out = join(who.cwd, `program ${goarch}`)
    const GOCACHE = join(who.cwd, `cache ${goarch}`)
    expect(await compiled(who, { GOOS: 'linux', GOARCH: goarch, GOCACHE }, out)).toEqual(['main'])
    const [file] = JSON.parse((await who.gonative('inspect', '--json', out)).stdout) as Inspection[]
    expect(file).toMatchObject({ cgo: { resolver: 'cgo' } })
    const ran = await who.run('sh', ['-c', '"$@"', 'sh', ...runnerOrSkip(goarch, context), out])
    expect(ran.stdout).toBe(`${goarch} go${debianGo} true <nil>\ntrue <nil>\n`)
  }

  it.for(['arm64', '386'])('linux/%s is built by compiling the program only, and runs', async (goarch, context) => {
    await buildsAndRuns(me, goarch, context)
  })

  it('what the packages are for stands in the env file, and the host is as it was', async () => {
    const own = join(me.home, 'toolchains', `go${debianGo}`, 'pkg')
    const given = await me.run('go', ['env', 'GO386', 'CGO_ENABLED'], { GOOS: 'linux', GOARCH: '386' })
    expect(given.stdout).toBe('softfloat\n1\n') // Debian's i386 has no SSE2
    expect(await compiled(me, {}, join(me.cwd, 'native'))).toEqual(['main'])
    expect(await readdir(join(own, 'tool'))).toEqual(['linux_amd64'])
  })

  it('linux/arm too; taken away, nothing of it is left in the toolchain', async (context) => {
    const other = await withMirror('removing')
    expect(await other.gonative('graft', 'linux/arm')).toMatchObject({ code: 0 })
    const pkg = join(other.home, 'toolchains', `go${debianGo}`, 'pkg')
    await buildsAndRuns(other, 'arm', context)
    expect(await other.gonative('graft', 'linux/arm', '--remove')).toMatchObject({ code: 0 })
    expect(await readdir(pkg)).not.toContain('linux_arm')
    expect(await other.gonative('verify')).toMatchObject({ code: 0 })
  })

  it('another GOARM than theirs is said, and served by the next strategy', async () => {
    const other = await withMirror('variant')
    const refused = await other.gonative('graft', 'linux/arm/v7', '--strategy', 'pkg-copy')
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.stderr).toContain('the official packages are for GOARM 6, not 7')
    expect(await readdir(join(other.home, 'toolchains', `go${debianGo}`, 'pkg'))).not.toContain('linux_arm')
    const ran = await other.gonative('graft', 'linux/arm/v7')
    expect(ran).toMatchObject({ code: 0 })
    expect(ran.stderr).toContain('the official packages are for GOARM 6, not 7; taking zig-cc')
    expect((await rowsOf(other))['linux/arm/v7']).toMatchObject({ grafted: true, strategy: 'zig-cc' })
  })
})

describe('packages that are older than the source', () => {
  // No foreign distribution of these can be had here: the toolchain's own stands for one, with its times turned back.
  it.each([
    ['1.9.7', 'src'],
    ['1.4.3', 'src'],
    ['1.2.2', 'src/pkg'],
  ])('of go %s are made newer, and proven by go list', async (version, src) => {
    const me = await realUser(join(directory, version), { GOENV: 'off' })
    expect(await me.gonative('install', version, '--bare')).toMatchObject({ code: 0 })
    const path = join(me.home, 'toolchains', `go${version}`)
    const [distribution, graft] = [join(directory, version, 'distribution'), join(directory, version, 'graft')]
    await mkdir(graft)
    const target = { goos: 'linux', goarch: 'amd64' }
    await cp(join(path, 'pkg/linux_amd64'), join(distribution, 'pkg/linux_amd64'), { recursive: true })
    await cp(join(path, 'VERSION'), join(distribution, 'VERSION'))
    await utimes(join(distribution, 'pkg/linux_amd64/fmt.a'), 1000, 1000)
    const plan = strategy.plan({ tool: 'go', version }, target, { os: 'darwin', arch: 'arm64' }, undefined)
    if ('refused' in plan) throw new Error(plan.refused)
    const site = {
      directory: graft,
      toolchain: { tool: 'go', version, path },
      needs: {},
      distributions: [distribution],
    }
    expect(await strategy.apply(plan, site, await testContext())).toEqual({ env: { CGO_ENABLED: '1' } })
    const old = (await stat(join(path, src, 'fmt/print.go'))).mtimeMs
    expect((await stat(join(graft, 'goroot/pkg/linux_amd64/fmt.a'))).mtimeMs).toBeGreaterThan(old)
    expect(await readdir(graft)).toEqual(['goroot'])
    // A package that is missing is one that go would compile.
    await rm(join(distribution, 'pkg/linux_amd64/fmt.a'))
    await rm(join(graft, 'goroot'), { recursive: true })
    expect(await strategy.apply(plan, site, await testContext())).toMatchObject({
      refused: expect.stringMatching(/^go would compile \d+ standard packages all the same: /) as string,
    })
  })
})
