import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { targetRows } from '../../../plugins/graft-zig-cc/src/triples.js'
import { workarounds, type Workaround } from '../../../plugins/graft-zig-cc/src/workarounds.js'
import { archiverBatch, beyondCmd, compilerBatch } from '../../../plugins/graft-zig-cc/src/wrapper-cmd.js'
import { applying, type WrapperOf } from '../../../plugins/graft-zig-cc/src/wrapper.js'
import { writeShims } from '../../../src/launch/shims.js'
import { Layout } from '../../../src/store/layout.js'

const wrapperOf = (platform: string, triple = 'a-triple'): WrapperOf => {
  const row = targetRows.find((r) => `${r.goos}/${r.goarch}` === platform)
  if (row === undefined) throw new Error(`no row for ${platform}`)
  return { row, triple, go: '1.27.4', zig: '0.17.0' }
}

describe('the .cmd wrapper as text', () => {
  it.each(targetRows.map((row) => `${row.goos}/${row.goarch}`))('of %s has the rows of the sh wrapper', (platform) => {
    const of = wrapperOf(platform)
    const text = compilerBatch('cc', of)
    for (const row of applying(of)) {
      if (!beyondCmd(row)) expect(text).toContain(`rem - ${row.id}: `)
    }
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(text).toContain('\\compilers\\zig-0.17.0\\zig.exe" cc %target%')
  })

  it.each<[string, Workaround['action']]>([
    ['-Wl,-z*', { drop: ['-Wl,-z*'] }],
    ['-mfloat-abi=soft', { drop: ['-mfloat-abi=soft'] }],
    ['-Wl,-x=y', { replace: { '-Wl,-x=y': ['-z'] } }],
  ])('leaves out, and does not get wrong, a row for %s that cmd.exe cannot follow', (text, action) => {
    const row: Workaround = { id: 'x', action, reason: 'r', source: 's' }
    expect(beyondCmd(row)).toBe(true)
    expect(compilerBatch('cc', wrapperOf('linux/amd64'), [row])).not.toContain(text)
  })

  it('leaves out these rows and no other, as docs/windows.md says', () => {
    const left = ['arm-march', 'riscv64-march', 'no-mtune', '386-position-independent', 'windows-libraries-by-path']
    left.push('darwin-sdk', 'darwin-name-sdk', 'freebsd-arm64-bfd', 'freebsd-arm64-use-bfd', 'openbsd-nobtcfi')
    expect(workarounds.filter(beyondCmd).map(({ id }) => id)).toEqual(left)
  })

  it('takes no word of a table that cmd.exe would change', () => {
    const row: Workaround = { id: 'x', action: { begin: ['-DA=%B%'] }, reason: 'r', source: 's' }
    expect(() => compilerBatch('cc', wrapperOf('linux/amd64'), [row])).toThrow('not a flag')
  })
})

/** Real .cmd files, run by wine's cmd.exe. `zig.exe` is a script that writes down its words: wine starts it as it is. */
describe('the .cmd wrapper run by cmd.exe', { timeout: 200_000 }, () => {
  const wine = spawnSync('wine', ['--version'], { encoding: 'utf8' }).status === 0
  const id = 'zig-x-01234567'
  let base: string
  let home: string
  const env: Record<string, string> = {}

  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'graft batch '))
    home = join(base, 'my (store) & more')
    for (const directory of ['compilers/zig-0.17.0', `grafts/${id}`])
      mkdirSync(join(home, directory), { recursive: true })
    const gonative = { node: process.execPath, entry: join(base, 'run.js') }
    await writeShims(new Layout(home), gonative, { os: 'windows', arch: 'amd64' })
    const zig = `#!/bin/sh\nprintf '%s\\0' "$@" >"$RECORD"\n`
    writeFileSync(join(home, 'compilers/zig-0.17.0/zig.exe'), zig, { mode: 0o755 })
    const path = process.env.PATH ?? ''
    Object.assign(env, { PATH: path, WINEPREFIX: join(base, 'wine'), WINEDEBUG: '-all', RECORD: join(base, 'record') })
    if (wine) spawnSync('wine', ['cmd', '/c', 'exit'], { env }) // makes the prefix
  }, 300_000)
  afterAll(() => {
    if (wine) spawnSync('wineserver', ['-k'], { env })
    rmSync(base, { recursive: true, force: true, maxRetries: 5 })
  })

  const call = (tool: string, args: string[], more: Record<string, string> = {}) => {
    rmSync(join(base, 'record'), { force: true })
    const program = `Z:${join(home, 'shims', `gonative-${tool}.cmd`).replaceAll('/', '\\')}`
    const ran = spawnSync('wine', [program, ...args], { env: { ...env, ...more }, encoding: 'utf8' })
    const record = join(base, 'record')
    const argv = existsSync(record) ? readFileSync(record, 'latin1').split('\0').slice(0, -1) : undefined
    return { argv, stdout: ran.stdout.trim(), stderr: ran.stderr }
  }
  const graft = (of: WrapperOf, table = workarounds) => {
    writeFileSync(join(home, 'grafts', id, 'cc.cmd'), compilerBatch('cc', of, table))
    writeFileSync(join(home, 'grafts', id, 'c++.cmd'), compilerBatch('c++', of, table))
    writeFileSync(join(home, 'grafts', id, 'ar.cmd'), archiverBatch(of))
  }

  it.for<[platform: string, args: string[], argv: string[] | string]>([
    ['windows/386', ['-mthreads', '-mthreads', 'x.o'], ['-fno-sanitize=undefined', 'x.o']],
    [
      'linux/amd64',
      ['-c', '-march=x86-64-v3', 'x.c'],
      ['-fno-sanitize=undefined', '-c', '-march=x86-64-v3', 'x.c', '-march=x86_64_v3'],
    ],
    ['linux/amd64', ['-s', '-g', 'x.o'], ['-fno-sanitize=undefined', '-s', '-g', 'x.o', '-s']],
    ['linux/amd64', ['--print-prog-name=ar', 't.c'], 'gonative-ar'],
    ['netbsd/amd64', ['x.o', '-lresolv', '-lm'], ['-fno-sanitize=undefined', 'x.o', '-lm']],
    ['openbsd/amd64', ['-Wl,-nopie', 'x.o'], ['-fno-sanitize=undefined', '-no-pie', 'x.o']],
    [
      'linux/amd64',
      ['-fPIC', '-o', 'C:\\a b\\_cgo_.o', 'x.o'],
      ['-fno-sanitize=undefined', '-o', 'C:\\a b\\_cgo_.o', 'x.o'],
    ],
    ['linux/amd64', ['-fPIC', '-s', '@x'], ['-fno-sanitize=undefined', '-fPIC', '-s', '@x', '-s']],
    ['freebsd/arm64', ['-c', 'x.c'], ['-fno-sanitize=undefined', '-c', 'x.c']],
  ])('for %s makes of %j what the sh wrapper means', ([platform, args, wanted], { skip }) => {
    if (!wine) skip('no wine here')
    const of = wrapperOf(platform, platform === 'linux/amd64' ? 'x86_64-linux-musl' : undefined)
    graft(of)
    const { argv, stdout } = call('cc', [id, ...args])
    if (typeof wanted === 'string') expect({ argv, stdout }).toEqual({ argv: undefined, stdout: wanted })
    else expect(argv).toEqual(['cc', '-target', of.triple, ...wanted])
  })

  it('hands on spaces, quotes, brackets, exclamation marks and empty words', ({ skip }) => {
    if (!wine) skip('no wine here')
    graft(wrapperOf('windows/amd64'))
    const odd = [
      'a b',
      `-DX="q r"`,
      "it's",
      'x!y!',
      '(x86) & z',
      '-Wl,-x,-y',
      'a;b',
      '',
      '@file',
      '-mthreadsafe',
      '~',
      'a  b',
    ]
    const { argv } = call('cc', [id, ...odd, '-mthreads', '-c', 'x.c'])
    expect(argv?.slice(4)).toEqual([...odd, '-c', 'x.c'])
  })

  it('c++ and ar are zig c++ and zig ar', ({ skip }) => {
    if (!wine) skip('no wine here')
    graft(wrapperOf('linux/arm64'))
    expect(call('c++', [id, 'x.cc']).argv?.slice(0, 3)).toEqual(['c++', '-target', 'a-triple'])
    expect(call('ar', [id, 'rc', 'x y.a', 'a.o']).argv).toEqual(['ar', 'rc', 'x y.a', 'a.o'])
  })

  it('follows GOARM', ({ skip }) => {
    if (!wine) skip('no wine here')
    graft(wrapperOf('linux/arm', 'arm-linux-gnueabihf.2.17'))
    const start = (goarm: string) => call('cc', [id, '-c', 'x.c'], { GOARM: goarm }).argv?.slice(2, 4)
    expect(start('5')).toEqual(['arm-linux-gnueabi.2.17', '-mcpu=generic+v5te'])
    expect(start('6,softfloat')).toEqual(['arm-linux-gnueabi.2.17', '-mcpu=generic+v5te'])
    expect(start('')).toEqual(['arm-linux-gnueabihf.2.17', '-mcpu=generic+v7a+vfp3d16-neon-d32'])
  })

  it('asked by its first word alone, as Go asks, takes the graft of CC; without one it says what to do', ({ skip }) => {
    if (!wine) skip('no wine here')
    graft(wrapperOf('windows/386'))
    expect(call('cc', ['-###', '-'], { CC: `gonative-cc ${id}` }).argv?.slice(4)).toEqual(['-###', '-'])
    const lost = call('cc', ['-v'], { GOOS: 'linux', GOARCH: 'arm64', CC: 'gcc' })
    expect(lost.argv).toBeUndefined()
    expect(lost.stderr).toContain("'gonative graft linux/arm64'")
  })
})
