/** `gonative inspect` held against file, readelf, go version -m and go tool buildid, on what Go really builds. */
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseModules } from '../../src/inspect/go/modules.js'
import { inspectFile } from '../../src/inspect/inspect.js'
import type { Inspection } from '../../src/inspect/inspection.js'
import type { User } from '../support/cli.js'
import { damage } from '../support/damage.js'
import { readElf } from '../support/readelf.js'
import { realUser } from '../support/real.js'
import { suiteDirectory } from '../support/suite.js'
import { toolsOrSkip } from '../support/tools.js'

const example = fileURLToPath(new URL('../../examples/hello-cgo', import.meta.url))
const directory = suiteDirectory()

interface Built {
  /** The targets as containers write them, and what is said to the go command. */
  name: string
  env: Record<string, string>
  cgo?: true
  args?: string[]
  /** What `file` says. */
  file: RegExp
  is: object
}

const built: Built[] = [
  {
    name: 'linux/amd64 with cgo',
    env: { GOOS: 'linux', GOARCH: 'amd64' },
    cgo: true,
    file: /ELF 64-bit LSB executable, x86-64.*not stripped/,
    is: { kind: 'executable', machine: 'x86-64', cgo: { linked: true, resolver: 'cgo', from: 'function names' } },
  },
  {
    name: 'linux/arm/v7 with cgo, stripped',
    env: { GOOS: 'linux', GOARCH: 'arm', GOARM: '7' },
    cgo: true,
    args: ['-ldflags=-s -w'],
    file: /ELF 32-bit LSB executable, ARM, EABI5.*, stripped/,
    is: { machine: 'arm', abi: { float: 'hard', cpu: 'v7-a' }, cgo: { linked: true, resolver: 'cgo' }, symbols: false },
  },
  {
    name: 'linux/amd64 with cgo, as a library',
    env: { GOOS: 'linux', GOARCH: 'amd64' },
    cgo: true,
    args: ['-buildmode=c-shared'],
    file: /ELF 64-bit LSB shared object, x86-64/,
    is: { kind: 'shared', cgo: { linked: true } },
  },
  {
    name: 'linux/mipsle, soft float',
    env: { GOOS: 'linux', GOARCH: 'mipsle', GOMIPS: 'softfloat' },
    file: /ELF 32-bit LSB executable, MIPS, MIPS32/,
    is: { machine: 'mips', abi: { name: 'o32', float: 'soft', cpu: 'mips32' } },
  },
  {
    name: 'linux/mips64',
    env: { GOOS: 'linux', GOARCH: 'mips64' },
    file: /ELF 64-bit MSB executable, MIPS/,
    is: { machine: 'mips64', abi: { name: 'n64' } },
  },
  {
    name: 'linux/riscv64',
    env: { GOOS: 'linux', GOARCH: 'riscv64' },
    file: /ELF 64-bit LSB executable, UCB RISC-V, double-float ABI/,
    is: { machine: 'riscv64', abi: { name: 'lp64d', float: 'double' } },
  },
  {
    name: 'linux/s390x',
    env: { GOOS: 'linux', GOARCH: 's390x' },
    file: /ELF 64-bit MSB executable, IBM S\/390/,
    is: { machine: 's390x' },
  },
  {
    name: 'freebsd/amd64',
    env: { GOOS: 'freebsd', GOARCH: 'amd64' },
    file: /ELF 64-bit LSB executable, x86-64.*for FreeBSD/,
    is: { system: { name: 'FreeBSD' } },
  },
  {
    name: 'openbsd/arm64',
    env: { GOOS: 'openbsd', GOARCH: 'arm64' },
    file: /ELF 64-bit LSB .*ARM aarch64.*for OpenBSD/,
    is: { system: { name: 'OpenBSD' }, linkage: 'dynamic' },
  },
  {
    name: 'windows/amd64 with cgo',
    env: { GOOS: 'windows', GOARCH: 'amd64' },
    cgo: true,
    file: /PE32\+ executable.*x86-64/,
    is: { format: 'pe', bits: 64, linkage: 'dynamic', cgo: { linked: true, resolver: 'system' }, signature: 'none' },
  },
  {
    name: 'windows/386',
    env: { GOOS: 'windows', GOARCH: '386' },
    file: /PE32 executable.*Intel 80386/,
    is: { format: 'pe', bits: 32, libraries: ['kernel32.dll'], cgo: { linked: false } },
  },
  {
    name: 'darwin/arm64 with cgo',
    env: { GOOS: 'darwin', GOARCH: 'arm64' },
    cgo: true,
    file: /Mach-O 64-bit arm64 executable/,
    is: { format: 'mach-o', machine: 'aarch64', signature: 'ad hoc', cgo: { linked: true, resolver: 'system' } },
  },
  {
    name: 'darwin/amd64',
    env: { GOOS: 'darwin', GOARCH: 'amd64' },
    file: /Mach-O 64-bit x86_64 executable/,
    is: { format: 'mach-o', machine: 'x86-64', signature: 'none', cgo: { linked: false } },
  },
]

let me: User
const sources: Record<'cgo' | 'pure', string> = { cgo: join(directory, 'hello cgo'), pure: join(directory, 'pure') }
beforeAll(async () => {
  me = await realUser(directory)
  await cp(example, sources.cgo, { recursive: true })
  await mkdir(sources.pure)
  await writeFile(join(sources.pure, 'go.mod'), 'module example.com/pure\n')
  await writeFile(join(sources.pure, 'main.go'), 'package main\n\nfunc main() { println("hello") }\n')
  expect(await me.gonative('install', '1.27.4')).toMatchObject({ code: 0 })
})

/** Builds once for all that is asked of it. */
const programs = new Map<string, Promise<string>>()
function program(of: Pick<Built, 'name' | 'env' | 'cgo' | 'args'>): Promise<string> {
  const path = join(directory, `built ${of.name.replaceAll('/', '-')}`)
  const make = async (): Promise<string> => {
    const env = { ...of.env, ...(of.cgo ? {} : { CGO_ENABLED: '0' }) }
    const ran = await me.run(
      'go',
      ['build', '-o', path, ...(of.args ?? []), '.'],
      env,
      sources[of.cgo ? 'cgo' : 'pure'],
    )
    expect(ran).toMatchObject({ code: 0 })
    return path
  }
  const made = programs.get(path) ?? make()
  programs.set(path, made)
  return made
}

/** The last one of a family by number, found another way than inspect's. */
function highest(versions: string[], family: string): string | undefined {
  const order = new Intl.Collator('en', { numeric: true })
  return versions
    .filter((version) => version.startsWith(`${family}_`))
    .sort((a, b) => order.compare(a, b))
    .at(-1)
}

describe('inspect says of a program for', () => {
  it.for(built)('$name what file and the go command say', async (one, context) => {
    toolsOrSkip(context, 'file')
    const path = await program(one)
    const said = await inspectFile(path)
    expect(said).toMatchObject({ os: one.env.GOOS, arch: one.env.GOARCH, ...one.is })
    expect((await me.run('file', ['-b', path])).stdout).toMatch(one.file)
    await sameAsGo(path, said)
  })

  it.for(built.filter(({ file }) => file.source.startsWith('ELF')))('$name what readelf says', async (one, context) => {
    toolsOrSkip(context, 'readelf')
    const path = await program(one)
    const said = await inspectFile(path)
    const { versions, text, ...same } = await readElf(me, path)
    expect(said).toMatchObject(same)
    expect(Object.keys(said.versions).sort()).toEqual([...versions.keys()].sort())
    for (const [library, all] of versions) {
      for (const version of said.versions[library] ?? [])
        expect(version).toBe(highest(all, version.split('_')[0] ?? ''))
    }
    const floor = highest([...versions.values()].flat(), 'GLIBC')
    expect(said.glibc).toBe(floor?.replace('GLIBC_', '') ?? null)
    if (said.machine === 'arm' && one.cgo) expect(text).toMatch(/hard-float ABI/)
    if (said.abi.float === 'soft') expect(text).toMatch(/FP ABI: Soft float/)
  })
})

/** `go version -m` and `go tool buildid` of this file. */
async function sameAsGo(path: string, { go }: Inspection): Promise<void> {
  const [first = '', ...lines] = (await me.run('go', ['version', '-m', path])).stdout.trimEnd().split('\n')
  expect(first).toBe(`${path}: ${go?.version ?? ''}`)
  expect(go).toMatchObject({ ...parseModules(lines.map((line) => line.slice(1)).join('\n')) })
  expect(go?.buildId).toBe((await me.run('go', ['tool', 'buildid', path])).stdout.trim())
}

describe('inspect reads', () => {
  it.each([
    ['linux', 'elf'],
    ['windows', 'coff'],
    ['darwin', 'mach-o'],
  ])("Go's object in a c-archive for %s", async (GOOS, format) => {
    const env = { GOOS, GOARCH: 'amd64' }
    const path = await program({ name: `${GOOS}.a`, env, cgo: true, args: ['-buildmode=c-archive'] })
    const said = await inspectFile(path)
    expect(said).toMatchObject({
      format: 'ar',
      os: GOOS,
      arch: 'amd64',
      go: { version: 'go1.27.4' },
      cgo: { linked: true },
    })
    expect(said.parts[0]).toMatchObject({ name: 'go.o', format, kind: 'object' })
    expect(said.parts.length).toBeGreaterThan(3)
  })

  it.each([
    ['js', 'gojs'],
    ['wasip1', 'wasi_snapshot_preview1'],
  ])('WebAssembly for %s', async (GOOS, module) => {
    const path = await program({ name: GOOS, env: { GOOS, GOARCH: 'wasm' } })
    expect(await inspectFile(path)).toMatchObject({
      ...{ format: 'wasm', kind: 'executable', os: GOOS, arch: 'wasm', libraries: [module] },
      go: { version: 'go1.27.4', path: 'example.com/pure', settings: { GOOS, GOARCH: 'wasm', CGO_ENABLED: '0' } },
    })
  })

  it('a static musl program without symbols, and knows that cgo is in it', async () => {
    expect(await me.gonative('graft', 'linux/arm64', '--libc', 'musl')).toMatchObject({ code: 0 })
    const env = { GOOS: 'linux', GOARCH: 'arm64' }
    const path = await program({ name: 'musl', env, cgo: true, args: ['-ldflags=-s -w'] })
    expect(await inspectFile(path)).toMatchObject({
      ...{ linkage: 'static', libraries: [], glibc: null, symbols: false, debugInfo: false },
      cgo: { linked: true, resolver: 'cgo', from: 'function names' },
    })
  })

  it.each([
    ['aix', 'ppc64', /XCOFF.*not supported/],
    ['plan9', 'amd64', /Plan 9.*not supported/],
  ])('nothing of %s/%s, and says so', async (GOOS, GOARCH, message) => {
    const path = await program({ name: GOOS, env: { GOOS, GOARCH } })
    await expect(inspectFile(path)).rejects.toMatchObject({
      code: 'FORMAT_UNSUPPORTED',
      message: expect.stringMatching(message) as string,
    })
  })

  it.each([
    ['elf', { GOOS: 'linux', GOARCH: 'mips64' }, 'linux/mips64'],
    ['pe', { GOOS: 'windows', GOARCH: '386' }, 'windows/386'],
    ['mach-o', { GOOS: 'darwin', GOARCH: 'amd64' }, 'darwin/amd64'],
    ['wasm', { GOOS: 'js', GOARCH: 'wasm' }, 'js'],
  ])('a damaged %s file of Go, or refuses it', async (format, env, name) => {
    const path = join(directory, `damaged ${format}`)
    await cp(await program({ name, env }), path)
    const outcome = await damage(path, 400, () => inspectFile(path))
    expect(outcome.refused).toBeGreaterThan(20)
    expect(outcome.read).toBeGreaterThan(20)
  })
})

describe('gonative inspect', () => {
  it('has a block for each file, and one bad file hides no other', async () => {
    const path = await program({ name: 'js', env: { GOOS: 'js', GOARCH: 'wasm' } })
    const ran = await me.gonative('inspect', path, '/no/such file', path)
    expect(ran.code).toBe(5)
    expect(ran.stderr).toBe('gonative: /no/such file: no such file\n')
    expect(ran.stdout.split('\n\n')).toHaveLength(2)
    expect(ran.stdout).toMatch(/^ {2}format {2,}WebAssembly 32-bit little-endian\n {2}kind {2,}executable\n/m)
    expect(ran.stdout).toMatch(/^ {2}Go {2,}go1\.27\.4$/m)
  })

  it('has one list with --json, with the errors where they belong', async () => {
    const path = await program({ name: 'js', env: { GOOS: 'js', GOARCH: 'wasm' } })
    const ran = await me.gonative('inspect', '--json', '/no/such file', path)
    expect(ran.code).toBe(5)
    expect(JSON.parse(ran.stdout)).toEqual([
      { path: '/no/such file', error: { code: 'FILE_NOT_FOUND', message: '/no/such file: no such file', hint: null } },
      JSON.parse(JSON.stringify(await inspectFile(path))),
    ])
  })
})
