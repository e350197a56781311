/** The wrappers for darwin and the BSDs, with a program in zig's place that writes down how it was called. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { targetRows } from '../../../plugins/graft-zig-cc/src/triples.js'
import { compilerScript } from '../../../plugins/graft-zig-cc/src/wrapper.js'
import { writeShims } from '../../../src/launch/shims.js'
import { Layout } from '../../../src/store/layout.js'

const id = 'zig-x-01234567'
let base: string
let home: string

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'graft darwin '))
  home = join(base, `it's "my" $HOME; *`)
  for (const directory of ['shims', 'compilers/zig-0.17.0/lib', `grafts/${id}`]) {
    mkdirSync(join(home, directory), { recursive: true })
  }
  await writeShims(new Layout(home), { node: process.execPath, entry: join(base, 'run.js') })
  const zig = `#!/bin/sh\nprintf '%s\\0' "$@" >"$RECORD"\n[ -z "$MADE" ] || cp "$MADE" "$TO"\n`
  writeFileSync(join(home, 'compilers/zig-0.17.0/zig'), zig, { mode: 0o755 })
})
afterAll(() => rmSync(base, { recursive: true }))

const graft = (platform: string, triple = 'a-triple') => {
  const row = targetRows.find((r) => `${r.goos}/${r.goarch}` === platform)
  if (row === undefined) throw new Error(`no row for ${platform}`)
  const of = { row, triple, go: '1.27.4', zig: '0.17.0' }
  writeFileSync(join(home, 'grafts', id, 'cc.sh'), compilerScript('cc', of))
}

const call = (args: string[], env: Record<string, string> = {}) => {
  const record = join(base, 'record')
  rmSync(record, { force: true })
  const { status, stdout, stderr } = spawnSync('gonative-cc', [id, ...args], {
    cwd: base,
    encoding: 'utf8',
    env: { PATH: `${join(home, 'shims')}:${process.env.PATH ?? ''}`, RECORD: record, ...env },
  })
  const argv = existsSync(record) ? readFileSync(record, 'utf8').split('\0').slice(0, -1) : undefined
  return { code: status, stdout, stderr, argv }
}

describe('the compiler for the BSDs on arm', () => {
  const told = (platform: string, triple: string, value: string) => {
    graft(platform, triple)
    return call(['x.c'], { GOARM: value }).argv?.slice(1, 4)
  }
  const v6 = '-mcpu=generic+v6+vfp2'
  const v7 = '-mcpu=generic+v7a+vfp3d16-neon-d32'

  it.each([
    ['freebsd/arm', 'arm-freebsd.14.0-eabihf', '6', 'arm-freebsd.14.0-eabihf', v6],
    ['freebsd/arm', 'arm-freebsd.14.0-eabihf', '7', 'arm-freebsd.14.0-eabihf', v7],
    ['netbsd/arm', 'arm-netbsd.10.1-eabihf', '5', 'arm-netbsd.10.1-eabi', '-mcpu=generic+v5te'],
    ['netbsd/arm', 'arm-netbsd.10.1-eabihf', '6', 'arm-netbsd.10.1-eabihf', v6],
    ['netbsd/arm', 'arm-netbsd.10.1-eabihf', '7', 'arm-netbsd.10.1-eabihf', v7],
    ['openbsd/arm', 'arm-openbsd.7.8-eabi', '6', 'arm-openbsd.7.8-eabi', v7],
    ['openbsd/arm', 'arm-openbsd.7.8-eabi', '7', 'arm-openbsd.7.8-eabi', v7],
  ])('%s (%s) with GOARM=%s is %s %s', (platform, triple, value, wanted, cpu) => {
    expect(told(platform, triple, value)).toEqual(['-target', wanted, cpu])
  })
})

describe('the SDK of macOS', () => {
  beforeEach(() => graft('darwin/arm64'))
  const version = (sdk: string) => call(['-###', '-x', 'c', '-c', '-'], sdk === '' ? {} : { SDKROOT: sdk }).stdout
  const made = (name: string, settings?: string) => {
    const directory = join(base, name)
    mkdirSync(join(directory, 'System/Library/Frameworks'), { recursive: true })
    if (settings !== undefined) writeFileSync(join(directory, 'SDKSettings.json'), settings)
    return directory
  }

  it("is in the answer for the compiler's version, by its path and its own version, and only when there is one", () => {
    const first = made('My SDK', '{"CanonicalName":"macosx14.2","Version":"14.2","IsBaseSDK":"YES"}')
    expect(version(first)).toBe(`clang version 0 of zig, with the SDK 14.2 in ${first}\n`)
    made('My SDK', '{"Version":"15.0"}')
    expect(version(first)).toBe(`clang version 0 of zig, with the SDK 15.0 in ${first}\n`)
    const bare = made('bare SDK')
    expect(version(bare)).toBe(`clang version 0 of zig, with the SDK  in ${bare}\n`)
    expect(version('')).toBe('')
  })

  it('that is none is refused before anything is compiled', () => {
    const { code, stderr, argv } = call(['-c', 'x.c'], { SDKROOT: join(base, 'no such') })
    expect({ code, argv }).toEqual({ code: 1, argv: undefined })
    expect(stderr).toContain('SDKROOT is no SDK of macOS')
  })

  it('goes before the stubs, which are for where it is not', () => {
    const argv = call(['x.o'], { SDKROOT: made('My SDK') }).argv ?? []
    const at = (text: string) => argv.findIndex((each) => each.startsWith(text))
    expect(at(`-L${base}/My SDK`)).toBeLessThan(at(`-L${home}`))
    expect(at(`-F${base}/My SDK`)).toBeLessThan(at(`-F${home}`))
  })
})

describe('the mark on a program for OpenBSD', () => {
  beforeEach(() => graft('openbsd/arm64'))
  const headers = (types: number[]) => {
    const bytes = Buffer.alloc(64 + types.length * 56, 0x11)
    types.forEach((type, i) => bytes.writeUInt32LE(type, 64 + i * 56))
    return bytes
  }
  const link = (args: string[], to: string, types = [6, 3, 1, 1, 0x6474e551, 4]) => {
    const made = join(base, 'made')
    writeFileSync(made, headers(types))
    const { code, stderr } = call(args, { MADE: made, TO: to })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    return readFileSync(to)
  }
  const marked = headers([6, 3, 1, 1, 0x65a3dbe8, 4])
  marked.fill(0, 64 + 4 * 56 + 4, 64 + 5 * 56).writeUInt32LE(1, 64 + 4 * 56 + 4)

  it("takes one header's place and changes no other byte", () => {
    const to = join(base, `it's "the" $program`)
    expect(link(['x.o', '-o', to], to)).toEqual(marked)
  })

  it('is also on what a response file of Go names', () => {
    const [to, file] = [join(base, 'by response'), join(base, 'response')]
    writeFileSync(file, `"-m64"\n"-o"\n"${to}"\n"x.o"\n`)
    expect(link([`@${file}`], to)).toEqual(marked)
  })

  it('is on nothing that is not linked, and leaves a file without that header alone', () => {
    const to = join(base, 'x.o')
    expect(link(['-c', 'x.c', '-o', to], to)).not.toEqual(marked)
    expect(link(['x.o', '-o', to], to, [1, 4])).toEqual(headers([1, 4]))
  })
})
