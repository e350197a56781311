import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../support/cli.js'
import { runnerOrSkip } from '../support/emulator.js'
import { realUser } from '../support/real.js'
import { suiteDirectory } from '../support/suite.js'

const example = fileURLToPath(new URL('../../examples/hello-cgo', import.meta.url))

/** What `file` says of each. */
const targets: [target: string, file: RegExp][] = [
  ['linux/amd64', /ELF 64-bit LSB .*x86-64.*dynamically linked, interpreter \/lib64\/ld-linux-x86-64\.so\.2/],
  ['linux/arm64', /ELF 64-bit LSB .*ARM aarch64.*dynamically linked, interpreter \/lib\/ld-linux-aarch64\.so\.1/],
  ['linux/386', /ELF 32-bit LSB .*Intel 80386.*dynamically linked, interpreter \/lib\/ld-linux\.so\.2/],
  ['linux/riscv64', /ELF 64-bit LSB .*RISC-V.*double-float ABI.*dynamically linked/],
  ['linux/arm', /ELF 32-bit LSB .*ARM, EABI5.*dynamically linked, interpreter \/lib\/ld-linux-armhf\.so\.3/],
  ['linux/ppc64le', /ELF 64-bit LSB .*64-bit PowerPC.*dynamically linked/],
  ['linux/s390x', /ELF 64-bit MSB .*IBM S\/390.*dynamically linked/],
  [
    'freebsd/amd64',
    /ELF 64-bit LSB .*x86-64.*dynamically linked, interpreter \/libexec\/ld-elf\.so\.1, for FreeBSD 14/,
  ],
  ['windows/amd64', /PE32\+ executable.*x86-64/],
  ['darwin/arm64', /Mach-O 64-bit arm64 executable/],
]

const directory = suiteDirectory()
let me: User
let source: string
let pure: string
beforeAll(async () => {
  me = await realUser(directory)
  source = join(me.cwd, 'hello cgo')
  await cp(example, source, { recursive: true })
  pure = join(me.cwd, 'pure')
  await mkdir(pure)
  await writeFile(join(pure, 'go.mod'), 'module pure\n')
  await writeFile(
    join(pure, 'main.go'),
    'package main\n\nimport "net"\n\nfunc main() { net.LookupHost("localhost") }\n',
  )
  expect(await me.gonative('install', '1.27.4')).toMatchObject({ code: 0 })
})

/** Builds with nothing set but what is given. @returns the program's path */
async function build(env: Record<string, string>, ...args: string[]): Promise<string> {
  const program = join(source, `out-${Object.values(env).join('-')}`)
  const ran = await me.run('go', ['build', '-o', program, ...args, '.'], env, source)
  expect(ran.stderr).toBe('')
  expect(ran.code).toBe(0)
  return program
}

describe('a cgo program, in a directory with spaces and quotes, with GOOS and GOARCH alone', () => {
  it.each(targets)('for %s is what file says it should be', async (target, format) => {
    const [GOOS = '', GOARCH = ''] = target.split('/')
    const program = await build({ GOOS, GOARCH })
    expect((await me.run('file', ['-b', program])).stdout).toMatch(format)
  })

  const linux = targets.map(([target]) => target).filter((target) => target.startsWith('linux/'))
  it.for(linux)('for %s runs, with the C library for C, user and resolver', async (target, context) => {
    const [GOOS = '', GOARCH = ''] = target.split('/')
    const program = await build({ GOOS, GOARCH })
    const runner = runnerOrSkip(GOARCH, context)
    const ran = await me.run('sh', ['-c', '"$@"', 'sh', ...runner, program])
    expect(ran.stdout).toContain(`platform:   ${target}, go1.27.4`)
    expect(ran.stdout).toContain('from C:     42, by clang')
    expect(ran.stdout).toMatch(/C library: {2}glibc/)
    expect(ran.stdout).toMatch(/user: .*\(C library\)/)
    expect(ran.stdout).toMatch(/localhost: .*(127\.0\.0\.1|::1).*\(C library\)/)
  })

  it('for linux/arm needs no C of its own to ask the C library for the user: Go links that by itself', async (context) => {
    const directory = join(me.cwd, 'asks the user')
    await mkdir(directory)
    await writeFile(join(directory, 'go.mod'), 'module asks\n')
    const text = 'package main\n\nimport "os/user"\n\nfunc main() { u, _ := user.Current(); println(u.Username) }\n'
    await writeFile(join(directory, 'main.go'), text)
    const program = join(directory, 'asks')
    const env = { GOOS: 'linux', GOARCH: 'arm' }
    expect(await me.run('go', ['build', '-o', program, '.'], env, directory)).toMatchObject({ code: 0, stderr: '' })
    const ran = await me.run('sh', ['-c', '"$@"', 'sh', ...runnerOrSkip('arm', context), program])
    expect(ran).toMatchObject({ code: 0 })
  })

  it('CGO_ENABLED=0 of the user wins', async () => {
    const program = join(pure, 'without-cgo')
    const env = { GOOS: 'linux', GOARCH: 'arm64', CGO_ENABLED: '0' }
    expect(await me.run('go', ['build', '-o', program, '.'], env, pure)).toMatchObject({ code: 0 })
    expect((await me.run('file', ['-b', program])).stdout).toMatch(/aarch64.*statically linked/)
  })

  it('CC of the user wins, also by go env -w', async () => {
    const env = { GOOS: 'linux', GOARCH: 'arm64' }
    expect((await me.run('go', ['env', 'CC'], { ...env, CC: 'my-own-cc' })).stdout).toBe('my-own-cc\n')
    expect(await me.run('go', ['env', '-w', 'CC=mine'])).toMatchObject({ code: 0 })
    expect((await me.run('go', ['env', 'CC'], env)).stdout).toBe('mine\n')
    await me.run('go', ['env', '-u', 'CC'])
    expect((await me.run('go', ['env', 'CC'], env)).stdout).toMatch(/^gonative-cc zig-aarch64-linux-gnu/)
  })

  it('a target without a graft builds as plain Go does', async () => {
    const ran = await me.run('go', ['build', '-o', 'pure.wasm', '.'], { GOOS: 'js', GOARCH: 'wasm' }, pure)
    expect(ran).toMatchObject({ code: 0 })
    expect((await me.run('file', ['-b', join(pure, 'pure.wasm')])).stdout).toContain('WebAssembly')
  })

  it('after graft --libc musl it is static', async () => {
    expect(await me.gonative('graft', 'linux/arm64', '--libc', 'musl')).toMatchObject({ code: 0 })
    const program = await build({ GOOS: 'linux', GOARCH: 'arm64' })
    expect((await me.run('file', ['-b', program])).stdout).toContain('statically linked')
    expect(await me.gonative('graft', 'linux/arm64')).toMatchObject({ code: 0 })
    expect((await me.run('file', ['-b', await build({ GOOS: 'linux', GOARCH: 'arm64' })])).stdout).toContain(
      'dynamically linked',
    )
  })
})

describe('older Go', () => {
  it.for(['1.19.13', '1.22.12'])('%s makes the same programs', async (version, context) => {
    expect(await me.gonative('install', version)).toMatchObject({ code: 0 })
    const env = { GONATIVE_GO: version, GOOS: 'linux', GOARCH: 'arm64' }
    const program = await build(env)
    expect((await me.run('file', ['-b', program])).stdout).toMatch(/aarch64.*dynamically linked/)
    expect((await me.run('file', ['-b', await build({ ...env, GOOS: 'windows', GOARCH: 'amd64' })])).stdout).toContain(
      'PE32+',
    )
    const ran = await me.run('sh', ['-c', '"$@"', 'sh', ...runnerOrSkip('arm64', context), program])
    expect(ran.stdout).toContain(`platform:   linux/arm64, go${version}`)
    expect(ran.stdout).toMatch(/localhost: .*\(C library\)/)
  })
})

describe('gox', () => {
  it('cross-compiles cgo through exec: its own children get the compilers', async () => {
    const install = await me.gonative('exec', '--', 'go', 'install', 'github.com/mitchellh/gox@v1.0.1')
    expect(install).toMatchObject({ code: 0 })
    const gox = join(directory, 'home/go/bin/gox')
    const inSource = ['sh', '-c', `cd "$1" && shift && exec "$@"`, 'sh', source]
    const ran = await me.gonative(
      ...[
        'exec',
        '--',
        ...inSource,
        gox,
        '-cgo',
        '-osarch=linux/arm64 windows/amd64',
        '-output=gox_{{.OS}}_{{.Arch}}',
        '.',
      ],
    )
    expect(ran).toMatchObject({ code: 0 })
    expect((await me.run('file', ['-b', join(source, 'gox_linux_arm64')])).stdout).toMatch(
      /aarch64.*dynamically linked/,
    )
    expect((await me.run('file', ['-b', join(source, 'gox_windows_amd64.exe')])).stdout).toContain('PE32+')
  })
})
