/**
 * The version that the shim chooses satisfies the go command itself: each combination of go.mod, go.work and the default
 * that Go's own script tests of toolchain selection ask about (gotoolchain_*, mod_goline_too_new, mod_go_version_*,
 * work_*toolchain, work_gowork in cmd/go/testdata/script), with releases that exist, built by real Go, which may not help
 * itself to another one. Where the default is passed over, it is shown that Go would have refused it.
 */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Ran, User } from '../support/cli.js'
import { realUser } from '../support/real.js'
import { suiteDirectory } from '../support/suite.js'

const versions = ['1.27.4', '1.26rc1', '1.22.12', '1.19.13']

const directory = suiteDirectory()
let me: User
beforeAll(async () => {
  me = await realUser(directory, { GOFLAGS: '' })
  expect(await me.gonative('install', '--bare', ...versions)).toMatchObject({ code: 0 })
})

interface Case {
  name: string
  files?: Record<string, string>
  env?: Record<string, string>
  /** Before `build`, or the whole line. */
  args?: string[]
  expected: string | { missing: string; from: string }
}

/** A go.mod alone; with -mod=mod Go mends a toolchain line that it finds superfluous. */
const mod = (name: string, text: string, expected: Case['expected']): Case => ({
  name,
  files: { 'go.mod': `module m\n\n${text}\n` },
  env: { GOFLAGS: '-mod=mod' },
  expected,
})
const work = (name: string, text: string, module: string, expected: Case['expected']): Case => ({
  name,
  files: { 'go.work': `${text}\n\nuse ./sub\n`, 'sub/go.mod': `module m\n\n${module}\n`, 'sub/m.go': 'package m\n' },
  args: ['build', './sub'],
  expected,
})
const missing = (version: string, from = 'go.mod:3') => ({ missing: version, from })

const cases: Record<string, Case[]> = {
  '1.22.12': [
    { name: 'no go.mod and no go.work', args: ['env', 'GOVERSION'], expected: '1.22.12' },
    mod('no go line', '', '1.22.12'),
    mod('an older go line', 'go 1.19', '1.22.12'),
    mod('an older go line with a patch', 'go 1.21.3', '1.22.12'),
    mod('a go line of its own language', 'go 1.22', '1.22.12'),
    mod('a go line of itself', 'go 1.22.12', '1.22.12'),
    mod('a newer go line', 'go 1.27', '1.27.4'),
    mod('a newer go line with a patch', 'go 1.27.4', '1.27.4'),
    mod('a newer patch than any', 'go 1.22.13', missing('1.22.13')),
    mod('a newer line than any', 'go 1.99', missing('1.99')),
    mod('a release candidate', 'go 1.26rc1', '1.26rc1'),
    mod('a language of which there is a candidate only', 'go 1.26', '1.26rc1'),
    mod('a later candidate', 'go 1.26rc2', missing('1.26rc2')),
    mod('the release of which there is a candidate only', 'go 1.26.0', missing('1.26.0')),
    mod('a newer go line and an older toolchain line', 'go 1.27.0\n\ntoolchain go1.21.3', '1.27.4'),
    mod('an older go line and a newer toolchain line', 'go 1.21\n\ntoolchain go1.27.1', '1.27.4'),
    mod('both older', 'go 1.19\n\ntoolchain go1.21.3', '1.22.12'),
    mod('both newer', 'go 1.26rc1\n\ntoolchain go1.27.0', '1.27.4'),
    mod('a toolchain line of a language', 'go 1.14\n\ntoolchain go1.27', '1.27.4'),
    mod('a toolchain line without a go line', 'toolchain go1.27.0', '1.27.4'),
    mod('a toolchain line with a suffix', 'go 1.22.5\n\ntoolchain go1.27.1-bigcorp', '1.27.4'),
    mod('a toolchain line with a suffix, older than the go line', 'go 1.27.2\n\ntoolchain go1.26.1-bigcorp', '1.27.4'),
    mod('toolchain default and an older go line', 'go 1.19\n\ntoolchain default', '1.22.12'),
    mod('toolchain default and a newer go line', 'go 1.27.0\n\ntoolchain default', '1.27.4'),
    mod('toolchain default and a newer patch than any', 'go 1.22.13\n\ntoolchain default', missing('1.22.13')),
    mod('comments, tabs and CRLF', '// go 1.19\r\n\tgo\t1.27.0 // go 1.19\r', '1.27.4'),
    work('go.work older than go.mod’s toolchain line', 'go 1.22', 'go 1.19\n\ntoolchain go1.27.1', '1.22.12'),
    work('go.work with a newer go line', 'go 1.27.0', 'go 1.19', '1.27.4'),
    work(
      'go.work with a newer toolchain line',
      'go 1.22\n\ntoolchain go1.26rc1',
      'go 1.19\n\ntoolchain go1.27.1',
      '1.26rc1',
    ),
    work('go.work with toolchain default', 'go 1.22\n\ntoolchain default', 'go 1.19\n\ntoolchain go1.27.1', '1.22.12'),
    work('go.work with toolchain default and a newer go line', 'go 1.27\n\ntoolchain default', 'go 1.19', '1.27.4'),
    work('go.work without a go line', '', 'go 1.18', '1.22.12'),
    work('go.work that none satisfies', 'go 1.99.1', 'go 1.19', missing('1.99.1', 'go.work:1')),
    {
      ...work('GOWORK=off', 'go 1.99', 'go 1.27.0', '1.27.4'),
      env: { GOWORK: 'off' },
      args: ['build', '-C', 'sub', '.'],
    },
    {
      name: 'GOWORK with a file elsewhere',
      files: { 'elsewhere/x.work': 'go 1.27.0\n\nuse ..\n', 'go.mod': 'module m\n\ngo 1.19\n' },
      env: { GOWORK: '@/elsewhere/x.work' },
      expected: '1.27.4',
    },
    {
      name: 'a module below, by -C',
      files: { 'go.mod': 'module m\n\ngo 1.19\n', 'sub/go.mod': 'module s\n\ngo 1.27.0\n', 'sub/s.go': 'package s\n' },
      args: ['build', '-C', 'sub', '.'],
      expected: '1.27.4',
    },
  ],
  '1.19.13': [
    mod('a go line of its own', 'go 1.19', '1.19.13'),
    mod('a newer go line', 'go 1.22', '1.22.12'),
    mod('a newer go line with a patch', 'go 1.22.12', '1.22.12'),
    mod('a newer toolchain line', 'go 1.19\n\ntoolchain go1.22.1', '1.22.12'),
    mod('toolchain default and a newer go line', 'go 1.22.0\n\ntoolchain default', '1.22.12'),
    work('a newer go.work', 'go 1.22.0', 'go 1.18', '1.22.12'),
  ],
  '1.27.4': [
    mod('a go line that another one has just so', 'go 1.22.12', '1.27.4'),
    mod('toolchain default', 'go 1.22.12\n\ntoolchain default', '1.27.4'),
    mod('a candidate of an older line', 'go 1.26rc1', '1.27.4'),
  ],
}

describe.each(Object.keys(cases))('with %s as the default', (byDefault) => {
  beforeAll(async () => {
    expect(await me.gonative('use', byDefault)).toMatchObject({ code: 0 })
  })

  it.each(cases[byDefault] ?? [])('$name', async (given) => {
    const project = await mkdtemp(join(directory, 'project '))
    for (const [path, text] of Object.entries({ 'm.go': 'package m\n', ...given.files })) {
      await mkdir(dirname(join(project, path)), { recursive: true })
      await writeFile(join(project, path), text)
    }
    const args = given.args ?? ['build', '.']
    const env = Object.entries({ GOTOOLCHAIN: 'local', GOPROXY: 'off', PWD: project, ...given.env })
    const ours = Object.fromEntries(env.map(([name, value]) => [name, value.replace('@', project)]))
    const go = (...line: string[]): Promise<Ran> => me.run('go', line, ours, project)
    const { expected } = given
    if (typeof expected !== 'string') {
      const why = `go ${expected.missing} is not installed (asked for by ${project}/${expected.from})`
      const stderr = `gonative: ${why}; run: gonative install ${expected.missing}\n`
      expect(await go(...args)).toEqual({ code: 5, stdout: '', stderr })
      return
    }
    if (expected !== byDefault) {
      const refused = await me.run(join(me.home, 'toolchains', `go${byDefault}`, 'bin', 'go'), args, ours, project)
      if (!byOurRule.test(given.name)) expect(refused.code).not.toBe(0)
    }
    const at = args.includes('-C') ? ['-C', 'sub'] : []
    const version = { code: 0, stdout: `go${expected}\n` }
    expect(await go('env', ...at, 'GOVERSION')).toMatchObject(version)
    // Nor would it switch where it may: without a network that would fail.
    expect(await me.run('go', ['env', ...at, 'GOVERSION'], { ...ours, GOTOOLCHAIN: 'auto' }, project)).toMatchObject(
      version,
    )
    const ran = await go(...args)
    expect(ran.stderr).not.toMatch(/requires go|toolchain|unknown directive|invalid go version/)
    expect(ran.code).toBe(0)
  })
})

/** A toolchain line is a wish, which a go command that may not switch leaves unheard. */
const byOurRule = /toolchain line|both newer/

describe('a tool that go install made', () => {
  const source = `package main

import (
\t"fmt"
\t"os"
\t"os/exec"
\t"runtime"
)

func main() {
\tout, err := exec.Command("go", append([]string{"env"}, os.Args[1:]...)...).CombinedOutput()
\tfmt.Print(runtime.Version(), " ", string(out))
\tif err != nil {
\t\tos.Exit(1)
\t}
}
`
  it('is on its own feet: it runs with every other version, and calls the one that is in force', async () => {
    const project = join(directory, `the "tool" $x`)
    const GOPATH = join(directory, 'go path')
    await mkdir(project)
    await writeFile(join(project, 'go.mod'), 'module example.com/tool\n\ngo 1.19\n')
    await writeFile(join(project, 'main.go'), source)
    const env = { GOPATH, GOPROXY: 'off', GOFLAGS: '-buildvcs=false' }
    expect(await me.run('go', ['install', '.'], { ...env, GONATIVE_GO: '1.22.12' }, project)).toMatchObject({ code: 0 })
    const tool = join(GOPATH, 'bin', 'tool')
    for (const version of versions) {
      const ran = await me.run(tool, ['GOVERSION'], { ...env, GONATIVE_GO: version }, project)
      expect(ran).toEqual({ code: 0, stdout: `go1.22.12 go${version}\n`, stderr: '' })
    }
    const below = await me.run('gonative', ['exec', '--go', '1.19', '--', tool, 'GOVERSION'], env, project)
    expect(below).toEqual({ code: 0, stdout: 'go1.22.12 go1.19.13\n', stderr: '' })
  })

  it('finds the Go of go run, go test and go generate below them, and no GOROOT is complained of', async () => {
    const project = join(directory, 'nested')
    await mkdir(project)
    await writeFile(join(project, 'go.mod'), 'module example.com/tool\n\ngo 1.19\n')
    const shim = join(me.home, 'shims', 'go')
    const text = source.replace('"go", append', `${JSON.stringify(shim)}, append`)
    await writeFile(join(project, 'main.go'), `//go:generate go run . GOVERSION GOROOT\n${text}`)
    for (const version of ['1.27.4', '1.19.13']) {
      const env = { GONATIVE_GO: version, GOFLAGS: '-buildvcs=false', GOPROXY: 'off' }
      const goroot = join(me.home, 'toolchains', `go${version}`)
      const stdout = `go${version} go${version}\n${goroot}\n`
      const ran = await me.run('go', ['run', '.', 'GOVERSION', 'GOROOT'], env, project)
      expect(ran).toEqual({ code: 0, stdout, stderr: '' })
      const generated = await me.run('go', ['generate'], env, project)
      expect(generated).toEqual({ code: 0, stdout, stderr: '' })
      // A foreign GOROOT, on the other hand, is what makes Go fail in its own strange way.
      const foreign = await me.run(
        'go',
        ['vet', '.'],
        { ...env, GOROOT: join(me.home, 'toolchains', 'go1.22.12') },
        project,
      )
      expect(foreign.stderr).toMatch(/^gonative: GOROOT is .*go1\.22\.12, which is not go .* own .*; unset it/)
    }
  })
})
