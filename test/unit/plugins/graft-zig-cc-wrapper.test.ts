import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { targetRows } from '../../../plugins/graft-zig-cc/src/triples.js'
import { workarounds, type Workaround } from '../../../plugins/graft-zig-cc/src/workarounds.js'
import { writeShims } from '../../../src/launch/shims.js'
import { Layout } from '../../../src/store/layout.js'
import { linked, proofs, sdk, type Proof } from '../../support/zig-cc-proofs.js'
import { archiverScript, compilerScript, type WrapperOf } from '../../../plugins/graft-zig-cc/src/wrapper.js'

const id = 'zig-x-01234567'
let base: string
let home: string
/** The same store by a name without quotes. */
let plain: string

/** A real program that writes down how it was called, one NUL after each word. */
const zig = `#!/bin/sh
printf '%s\\0' "$@" >"$RECORD"
printf '%s' "$ZIG_LIB_DIR" >"$RECORD.dir"
printf '%s\\n%s\\n' "$ZIG_GLOBAL_CACHE_DIR" "$ZIG_LOCAL_CACHE_DIR" >"$RECORD.caches"
[ -z "$MADE" ] || cp "$MADE" x
[ ! -r "$ZIG_LIB_DIR/marker" ] || echo "$ZIG_LIB_DIR: $(cat "$ZIG_LIB_DIR/marker")" >"$RECORD.lib"
exit "\${STATUS:-0}"
`

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'graft wrapper '))
  home = join(base, `it's "my" $HOME; *`)
  for (const directory of ['shims', 'compilers/zig-0.17.0/lib', `grafts/${id}`, 'elsewhere']) {
    mkdirSync(join(home, directory), { recursive: true })
  }
  plain = join(base, 'plain')
  symlinkSync(home, plain)
  await writeShims(new Layout(home), { node: process.execPath, entry: join(base, 'run.js') })
  writeFileSync(join(home, 'compilers/zig-0.17.0/zig'), zig, { mode: 0o755 })
})
afterAll(() => rmSync(base, { recursive: true }))

const wrapperOf = (platform: string, go = '1.27.4'): WrapperOf => {
  const row = targetRows.find((r) => `${r.goos}/${r.goarch}` === platform)
  if (row === undefined) throw new Error(`no row for ${platform}`)
  return { row, triple: 'a-triple', go, zig: '0.17.0' }
}

const graft = (of: WrapperOf, table = workarounds) => {
  writeFileSync(join(home, 'grafts', id, 'cc.sh'), compilerScript('cc', of, table))
  writeFileSync(join(home, 'grafts', id, 'c++.sh'), compilerScript('c++', of, table))
  writeFileSync(join(home, 'grafts', id, 'ar.sh'), archiverScript(of))
}

interface Called {
  code: number | null
  stdout: string
  stderr: string
  /** What zig was called with; undefined when it wasn't. */
  argv: string[] | undefined
}

const call = (command: string[], env: Record<string, string> = {}, cwd = join(home, 'elsewhere')): Called => {
  const record = join(base, 'record')
  rmSync(record, { force: true })
  const [program = '', ...args] = command
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { PATH: `${join(home, 'shims')}:${process.env.PATH ?? ''}`, RECORD: record, ...env },
  })
  const argv = existsSync(record) ? readFileSync(record, 'latin1').split('\0').slice(0, -1) : undefined
  return { code: status, stdout, stderr, argv }
}

/** The arguments that zig got after its own first ones: `cc -target a-triple -fno-sanitize=undefined`. */
const passed = (args: string[]): string[] | undefined => call(['gonative-cc', id, ...args]).argv?.slice(4)

describe('gonative-cc', () => {
  beforeEach(() => graft(wrapperOf('windows/386')))

  it.each([
    ['gonative-cc', 'cc'],
    ['gonative-c++', 'c++'],
  ])('%s calls zig %s for the triple, with the rows that come first', (command, tool) => {
    const { argv, code } = call([command, id, '-c', 'a.c'])
    expect(argv).toEqual([tool, '-target', 'a-triple', '-fno-sanitize=undefined', '-c', 'a.c'])
    expect(code).toBe(0)
  })

  it('gonative-ar calls zig ar', () => {
    expect(call(['gonative-ar', id, 'rc', 'x.a', 'a.o']).argv).toEqual(['ar', 'rc', 'x.a', 'a.o'])
  })

  const odd = ['', ' ', "it's", '"', '$HOME', '`id`', '*', '\\', '\\\\n', 'a\nb', 'ü', '-', '--', '@', '${1}', ';', '~']

  it.each([
    ['as they are', []],
    ['when the list is made anew', ['-mthreads']],
  ])('hands on arguments of every kind, %s', (_, extra) => {
    expect(passed([...extra, ...odd])).toEqual(odd.map((text) => Buffer.from(text).toString('latin1')))
  })

  it('hands on bytes that are no UTF-8', () => {
    const script = `exec gonative-cc ${id} -mthreads "$(printf 'x\\377\\001\\200y')"`
    expect(call(['sh', '-c', script], { LC_ALL: 'C.UTF-8' }).argv?.slice(4)).toEqual(['x\xff\x01\x80y'])
  })

  it('hands on 200 KB of arguments', () => {
    const many = Array.from({ length: 4000 }, (_, i) => `/some/where/or/other/in/a/temporary/directory/${i}.o`)
    expect(passed([...many, '-mthreads'])).toEqual(many)
  })

  const shells = [['dash'], ['bash'], ['bash', '--posix'], ['busybox', 'sh'], ['zsh', '--emulate', 'sh'], ['ksh']]
  it.for(shells)('works the same in %s %s', (shell, { skip }) => {
    const [program = '', ...options] = shell
    if (spawnSync(program, [...options, '-c', ':']).status !== 0) skip(`no ${program} here`)
    const run = (...args: string[]) =>
      call([program, ...options, join(home, 'shims', 'gonative-cc'), id, ...args]).argv?.slice(4)
    expect(run('-mthreads', ...odd)).toEqual(odd.map((text) => Buffer.from(text).toString('latin1')))
  })

  it('is found through a relative entry of PATH, and by its name in the current directory', () => {
    const path = { PATH: `../shims:${process.env.PATH ?? ''}` }
    expect(call(['sh', '-c', `gonative-cc ${id} x.c`], path).argv?.at(-1)).toBe('x.c')
    const here = { PATH: `.:${process.env.PATH ?? ''}` }
    expect(call(['sh', '-c', `gonative-cc ${id} x.c`], here, join(home, 'shims')).argv?.at(-1)).toBe('x.c')
    expect(call(['sh', 'gonative-cc', id, 'x.c'], here, join(home, 'shims')).argv?.at(-1)).toBe('x.c')
  })

  it('keeps zig in a cache of the graft, unless the user has chosen others', () => {
    const caches = () => readFileSync(join(base, 'record.caches'), 'utf8').trim().split('\n')
    call(['gonative-cc', id, 'x.c'])
    const own = join(home, 'cache/compiler', id)
    expect(caches()).toEqual([own, join(own, 'objects')])
    call(['gonative-cc', id, 'x.c'], { ZIG_GLOBAL_CACHE_DIR: '/mine', ZIG_LOCAL_CACHE_DIR: '/local' })
    expect(caches()).toEqual(['/mine', '/local'])
  })

  it('names zig its own files without the quotes of the store', () => {
    writeFileSync(join(home, 'compilers/zig-0.17.0/lib/marker'), 'here')
    expect(call(['gonative-cc', id, 'x.c']).code).toBe(0)
    expect(readFileSync(join(base, 'record.lib'), 'utf8')).toBe('/proc/self/fd/9: here\n')
  })

  it('names directories with quotes by open descriptors, and leaves other arguments alone', () => {
    const [one, two] = ['"q" one', 'back\\slash'].map((name) => join(base, name))
    for (const directory of [one, two]) mkdirSync(directory ?? '', { recursive: true })
    expect(passed(['-I', one ?? '', '-I', two ?? '', '-DX="a b"'])).toEqual([
      ...['-I', '/proc/self/fd/8', '-I', '/proc/self/fd/7', '-DX="a b"'],
    ])
  })

  it("hands on the compiler's exit code", () => {
    writeFileSync(join(home, 'grafts', id, 'cc.sh'), 'exit 7\n')
    expect(call(['gonative-cc', id]).code).toBe(7)
  })

  it.each(['gonative-cc', 'gonative-c++', 'gonative-ar'])('%s says which command makes a missing graft', (name) => {
    const missing = call([name, 'zig-gone-89abcdef', 'x'], { GOOS: 'linux', GOARCH: 'arm64' })
    expect(missing).toMatchObject({ code: 1, stdout: '', argv: undefined })
    expect(missing.stderr).toContain('there is no graft zig-gone-89abcdef in')
    expect(missing.stderr).toContain("'gonative graft linux/arm64'")
    expect(missing.stderr.trim().split('\n')).toHaveLength(1)
  })

  it('asked by its first word alone, as Go asks, takes the graft of CC, CXX or AR', () => {
    expect(call(['gonative-cc', '-###', '-'], { CC: `gonative-cc ${id}` }).argv?.slice(4)).toEqual(['-###', '-'])
    expect(call(['gonative-c++', 'x.c'], { CXX: `gonative-c++ ${id}` }).argv?.slice(4)).toEqual(['x.c'])
    expect(call(['gonative-ar', 'rc', 'x.a'], { AR: `gonative-ar ${id}` }).argv).toEqual(['ar', 'rc', 'x.a'])
  })

  it("takes the graft from behind -I, where Go 1.10's go command puts it", () => {
    expect(call(['gonative-cc', '-I', 'a b', id, 'x.c']).argv?.slice(4)).toEqual(['-I', 'a b', 'x.c'])
  })

  it("finds the graft in the toolchain's env file where Go 1.10 has cut CC to its first word", () => {
    mkdirSync(join(home, 'env/go1.10.8'), { recursive: true })
    writeFileSync(join(home, 'env/go1.10.8/linux-arm64'), `CC=gonative-cc ${id}\nCGO_ENABLED=1\n`)
    const env = { CC: 'gonative-cc', GOROOT: '/a/store/toolchains/go1.10.8', GOOS: 'linux', GOARCH: 'arm64' }
    expect(call(['gonative-cc', 'x.c'], env).argv?.slice(4)).toEqual(['x.c'])
    expect(call(['gonative-cc', 'x.c'], { ...env, GOARCH: 'arm' }).stderr).toContain(
      'there is no graft for this target',
    )
  })

  it.each([{}, { CC: 'gcc' }])('asked so without a graft to take, says how it is called: %j', (env) => {
    const { code, argv, stderr } = call(['gonative-cc', '-v'], env)
    expect({ code, argv }).toEqual({ code: 1, argv: undefined })
    expect(stderr).toContain('gonative-cc GRAFT ARGUMENT')
  })
})

describe('the compiler for linux/arm', () => {
  const arm = (abi: string): WrapperOf => ({ ...wrapperOf('linux/arm'), triple: `arm-linux-${abi}` })
  const v5 = ['gnueabi.2.17', 'generic+v5te']
  const v6 = ['gnueabihf.2.17', 'generic+v6+vfp2']
  const v7 = ['gnueabihf.2.17', 'generic+v7a+vfp3d16-neon-d32']

  it.each([
    ['5', v5],
    ['5,softfloat', v5],
    ['5,hardfloat', v5],
    ['6,softfloat', v5],
    ['7,softfloat', v5],
    ['6', v6],
    ['6,hardfloat', v6],
    ['7', v7],
    ['7,hardfloat', v7],
    ['', v7],
    [undefined, v7],
  ])('with GOARM=%s is told %j, so that C needs no more than Go', (value, [abi, cpu]) => {
    graft(arm('gnueabihf.2.17'))
    for (const [command, tool] of [
      ['gonative-cc', 'cc'],
      ['gonative-c++', 'c++'],
    ] as const) {
      const { argv } = call([command, id, 'x.c'], value === undefined ? {} : { GOARM: value })
      expect(argv).toEqual([
        tool,
        '-target',
        `arm-linux-${abi ?? ''}`,
        `-mcpu=${cpu ?? ''}`,
        '-fno-sanitize=undefined',
        '-fno-unwind-tables',
        'x.c',
      ])
    }
  })

  it('links ARMv5 with the atomics that zig has not, and nothing else with them', () => {
    graft(arm('gnueabihf.2.17'))
    const source = ['-x', 'c', join(home, 'grafts', id, 'lib/armv5-atomics.c'), '-x', 'none']
    const after = (goarm: string, ...args: string[]) =>
      call(['gonative-cc', id, ...args], { GOARM: goarm }).argv?.slice(6)
    expect(after('5', 'x.o', '-o', 'x')).toEqual(['x.o', '-o', 'x', ...source])
    expect(after('7', 'x.o', '-o', 'x')).toEqual(['x.o', '-o', 'x'])
    expect(after('6', 'x.o', '-o', 'x')).toEqual(['x.o', '-o', 'x'])
    expect(after('5', '-c', 'x.c', '-o', 'x.o')).toEqual(['-c', 'x.c', '-o', 'x.o'])
    expect(after('5', '--version')).toEqual(['--version'])
  })

  it('has the same two ABIs of musl', () => {
    graft(arm('musleabihf'))
    const triple = (value: string) => call(['gonative-cc', id, 'x.c'], { GOARM: value }).argv?.[2]
    expect([triple('5'), triple('6'), triple('7')]).toEqual([
      ...['arm-linux-musleabi', 'arm-linux-musleabihf', 'arm-linux-musleabihf'],
    ])
  })

  it('lets a -mcpu of the user win, by being before it', () => {
    graft(arm('gnueabihf.2.17'))
    const { argv } = call(['gonative-cc', id, '-mcpu=cortex_a53', 'x.c'], { GOARM: '7' })
    expect(argv?.filter((text) => text.startsWith('-mcpu=')).at(-1)).toBe('-mcpu=cortex_a53')
  })

  it('is no other for the rest, whatever GOARM is', () => {
    graft(wrapperOf('linux/arm64'))
    expect(call(['gonative-cc', id, 'x.c'], { GOARM: '5' }).argv?.slice(0, 3)).toEqual(['cc', '-target', 'a-triple'])
  })
})

describe('the compiler for linux/mips and linux/386', () => {
  const given = (platform: string, triple: string, value?: string) => {
    graft({ ...wrapperOf(platform), triple })
    const variable = platform.includes('64') ? 'GOMIPS64' : 'GOMIPS'
    return call(['gonative-cc', id, 'x.c'], value === undefined ? {} : { [variable]: value }).argv?.slice(2, 4)
  }

  it.each([
    ['linux/mips', 'mips-linux-gnueabihf.2.17', 'mips-linux-gnueabi.2.17'],
    ['linux/mipsle', 'mipsel-linux-gnueabihf.2.17', 'mipsel-linux-gnueabi.2.17'],
    ['linux/mipsle', 'mipsel-linux-musleabihf', 'mipsel-linux-musleabi'],
  ])('%s follows GOMIPS: %s or %s', (platform, hard, soft) => {
    expect(given(platform, hard)).toEqual([hard, '-mcpu=mips32'])
    expect(given(platform, hard, 'hardfloat')).toEqual([hard, '-mcpu=mips32'])
    expect(given(platform, hard, 'softfloat')).toEqual([soft, '-mcpu=mips32'])
  })

  it('has for 64 bits one ABI, for MIPS IV', () => {
    expect(given('linux/mips64', 'mips64-linux-gnuabi64.2.17')).toEqual(['mips64-linux-gnuabi64.2.17', '-mcpu=mips4'])
  })

  it.each(['-pie', '-shared'])("refuses to link Go's object for 386 with %s, and nothing else", (flag) => {
    graft(wrapperOf('linux/386'))
    const refused = call(['gonative-cc', id, flag, '/tmp/link/go.o', '-o', 'x'])
    expect(refused).toMatchObject({ code: 1, argv: undefined })
    expect(refused.stderr).toContain("when it is linked by zig's linker")
    for (const args of [[flag, 'x.o'], [flag, '-c', '/tmp/go.o'], ['/tmp/link/go.o']]) {
      expect(call(['gonative-cc', id, ...args])).toMatchObject({ code: 0 })
    }
    graft(wrapperOf('linux/amd64'))
    expect(call(['gonative-cc', id, flag, '/tmp/link/go.o'])).toMatchObject({ code: 0 })
  })

  it("leaves debug information out of links with Go's object only, also when a response file names it", () => {
    graft(wrapperOf('linux/mips'))
    const script = ['-T', join(home, 'grafts', id, 'lib/mips-debug.ld')]
    const after = (...args: string[]) => call(['gonative-cc', id, ...args]).argv?.slice(5)
    expect(after('x.o', '-o', 'x')).toEqual(['x.o', '-o', 'x'])
    expect(after('-c', '/tmp/go.o')).toEqual(['-c', '/tmp/go.o'])
    expect(after('/tmp/link/go.o')).toEqual(['/tmp/link/go.o', ...script])
    expect(after('@/tmp/link/response')).toEqual(['@/tmp/link/response', ...script])
  })
})

describe('a response file', () => {
  beforeEach(() => graft(wrapperOf('windows/386')))
  const respond = (text: string) => {
    const file = join(base, `a "response" $file`)
    rmSync(`${file}.gonative`, { force: true })
    writeFileSync(file, text)
    return { got: passed(['a.o', `@${file}`, 'b.o']), file }
  }

  it('of Go in which nothing has to change is handed on', () => {
    const { got, file } = respond('"-m64"\n"-o"\n"a b"\n')
    expect(got).toEqual(['a.o', `@${file}`, 'b.o'])
    expect(existsSync(`${file}.gonative`)).toBe(false)
  })

  it('of Go is changed in a copy beside it', () => {
    const { got, file } = respond('"-m64"\n"-mthreads"\n"-mwindows"\n"a \\"b\\\\"\n')
    expect(got).toEqual(['a.o', `@${file}.gonative`, 'b.o'])
    expect(readFileSync(`${file}.gonative`, 'utf8')).toBe('"-m64"\n"-Wl,--subsystem,windows"\n"a \\"b\\\\"\n')
  })

  it.each(['-mthreads x.o\n', '"-mthreads"\nplain\n'])('of another form is handed on as it is: %j', (text) => {
    const { got, file } = respond(text)
    expect(got).toEqual(['a.o', `@${file}`, 'b.o'])
  })

  it('that is missing is left to the compiler', () => {
    expect(passed(['@/no/such/file'])).toEqual(['@/no/such/file'])
  })
})

describe('the table of workarounds', () => {
  /** What a call comes to with only these rows. */
  const outcome = (
    platform: string,
    args: string[],
    table: Workaround[],
    { go, triple, env = {} }: Pick<Proof, 'go' | 'triple' | 'env'> = {},
  ) => {
    graft({ ...wrapperOf(platform, go), ...(triple === undefined ? {} : { triple }) }, table)
    const elsewhere = join(home, 'elsewhere')
    mkdirSync(join(elsewhere, sdk, 'System/Library/Frameworks'), { recursive: true })
    writeFileSync(join(elsewhere, 'linked'), linked)
    rmSync(join(elsewhere, 'x'), { force: true })
    const { argv, stdout, stderr, code } = call(['gonative-cc', id, ...args], env)
    const told = join(base, 'record.dir')
    rmSync(told, { force: true })
    call([join(plain, 'shims/gonative-cc'), id, ...args], env)
    const library = existsSync(told) ? readFileSync(told, 'utf8').replace(plain, '{home}') : ''
    return {
      library,
      argv: argv?.slice(3).map((text) => text.replace(join(home, 'grafts', id), '{graft}')),
      ...{ stdout, stderr, code, headers: headersOf(join(elsewhere, 'x')) },
    }
  }
  const headersOf = (file: string): string[] => {
    if (!existsSync(file)) return []
    const bytes = readFileSync(file)
    expect(bytes).toHaveLength(linked.length)
    return [64, 120, 176].map((at) => bytes.readUInt32LE(at).toString(16))
  }

  it.each(workarounds.map((row) => [row.id, row] as const))(
    '%s does what it says, and nothing else does',
    (name, row) => {
      const proof = proofs[name]
      if (proof === undefined) throw new Error(`no proof for ${name}`)
      const { argv, stdout = '', stderr = '', code = 0, headers = [], library = '' } = proof
      const wanted = { argv, stdout, stderr, code, headers, library }
      const of = (table: Workaround[]) => outcome(proof.platform, proof.args, table, proof)
      expect(of([row])).toEqual(wanted)
      expect(of([])).not.toEqual(wanted)
      const without = workarounds.filter((other) => other !== row)
      expect(of(without)).not.toEqual(of(workarounds))
    },
  )

  it('adds what is for the linker to no compilation', () => {
    for (const flag of ['-c', '-S', '-E']) {
      const { argv } = outcome('darwin/arm64', [flag, 'x.c'], workarounds)
      expect(argv).toEqual(['-fno-sanitize=undefined', flag, 'x.c', '-idirafter', '{graft}/include'])
    }
  })

  it('leaves -fPIC to compilations and to other links', () => {
    const triple = 'aarch64-linux-musl'
    const kept = (...args: string[]) => outcome('linux/arm64', args, workarounds, { triple }).argv?.slice(1)
    const calls = [
      ['-fPIC', '-c', '-o', '_cgo_.o', 'x.c'],
      ['-fPIC', '-shared', '-o', 'x.so', 'x.o'],
    ]
    for (const args of calls) expect(kept(...args)).toEqual(args)
    const trial = ['x.o', '-fPIC', '-o', '_cgo_.o']
    expect(kept(...trial)).toEqual(['x.o', '-o', '_cgo_.o'])
    expect(outcome('linux/arm64', trial, workarounds).argv?.slice(1)).toEqual(trial)
  })

  it('strips at a link only', () => {
    const compile = outcome('linux/arm64', ['-s', '-c', 'x.c'], workarounds).argv
    expect(compile).toEqual(['-fno-sanitize=undefined', '-s', '-c', 'x.c'])
  })

  it('answers for no program that it does not know', () => {
    const { argv, stdout } = outcome('linux/amd64', ['--print-prog-name=ld'], workarounds)
    expect({ argv, stdout }).toEqual({ argv: ['-fno-sanitize=undefined', '--print-prog-name=ld'], stdout: '' })
  })

  it('holds rows to the versions that they name', () => {
    const row: Workaround = {
      id: 'old-only',
      go: { before: '1.20' },
      action: { drop: ['-old'] },
      reason: 'a test',
      source: 'this test',
    }
    const kept = (go: string) => compilerScript('cc', wrapperOf('linux/amd64', go), [row]).includes('-old)')
    expect([kept('1.19.13'), kept('1.20'), kept('1.20rc1'), kept('1.27.4')]).toEqual([true, false, false, false])
  })

  it('takes no text that sh would read as more than a flag', () => {
    const row = (drop: string): Workaround => ({ id: 'x', action: { drop: [drop] }, reason: 'x', source: 'x' })
    for (const text of ['a b', '$(id)', '`id`', ';', "'", '"', 'a)']) {
      expect(() => compilerScript('cc', wrapperOf('linux/amd64'), [row(text)])).toThrow("not a flag's pattern")
    }
  })
})
