/** Programs for systems that nothing here runs: their files are read, and a macOS SDK is a hand-made one. */
import { cp, mkdir, open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../support/cli.js'
import { realUser } from '../support/real.js'
import { suiteDirectory } from '../support/suite.js'

const example = fileURLToPath(new URL('../../examples/hello-cgo', import.meta.url))
const directory = suiteDirectory()
let me: User
let source: string
beforeAll(async () => {
  me = await realUser(directory)
  source = join(me.cwd, 'hello cgo')
  await cp(example, source, { recursive: true })
  expect(await me.gonative('install', '1.27.4')).toMatchObject({ code: 0 })
})

async function build(target: string, out: string, from = source, env = {}, ...args: string[]) {
  const [GOOS = '', GOARCH = ''] = target.split('/')
  const program = join(me.cwd, out)
  const ran = await me.run('go', ['build', '-o', program, ...args, '.'], { GOOS, GOARCH, ...env }, from)
  return { ...ran, program }
}

describe('a stripped cgo program', () => {
  it.each([
    ['freebsd/arm64', /64-bit LSB .*ARM aarch64.*interpreter \/libexec\/ld-elf\.so\.1, for FreeBSD 14.*, stripped/],
    ['netbsd/arm', /32-bit LSB .*ARM, EABI5.*interpreter \/libexec\/ld\.elf_so, for NetBSD 10\.1.*earmhf.*, stripped/],
    ['openbsd/arm64', /64-bit LSB .*ARM aarch64.*interpreter \/usr\/libexec\/ld\.so, for OpenBSD.*, stripped/],
  ])('for %s is what file says it should be', async (target, format) => {
    const { program, code, stderr } = await build(target, 'bsd', source, {}, '-ldflags=-s -w')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect((await me.run('file', ['-b', program])).stdout).toMatch(format)
    if (target.startsWith('openbsd')) expect(await programHeaders(program)).toContain(0x65a3dbe8)
  })
})

/** The types of the program headers of an ELF file of 64 bits, little end first. */
async function programHeaders(program: string): Promise<number[]> {
  const file = await open(program)
  const { buffer } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
  await file.close()
  const [at, count] = [Number(buffer.readBigUInt64LE(32)), buffer.readUInt16LE(56)]
  return Array.from({ length: count }, (_, i) => buffer.readUInt32LE(at + i * 56))
}

describe('a package that needs an SDK of macOS', () => {
  const framework = 'System/Library/Frameworks/Made.framework'
  const stub = (name: string) => `--- !tapi-tbd
tbd-version: 4
targets: [ x86_64-macos, arm64-macos ]
install-name: '/${framework}/Versions/A/Made'
exports:
  - targets: [ x86_64-macos, arm64-macos ]
    symbols: [ ${name} ]
...
`
  /** What clang reads of it, in one line as Apple has it. */
  const settings = (version: string) =>
    JSON.stringify({
      ...{ CanonicalName: `macosx${version}`, DisplayName: `macOS ${version}`, Version: version },
      ...{ MaximumDeploymentTarget: `${version}.99`, DefaultDeploymentTarget: version, VersionMap: {} },
    })
  const made = async (name: string, version: string) => {
    const sdk = join(me.cwd, 'my SDKs', name)
    await rm(sdk, { recursive: true, force: true })
    await mkdir(join(sdk, framework, 'Headers'), { recursive: true })
    await writeFile(join(sdk, framework, 'Headers/Made.h'), 'int made(void);\n')
    await writeFile(join(sdk, framework, 'Made.tbd'), stub('_made'))
    await writeFile(join(sdk, 'SDKSettings.json'), settings(version))
    return sdk
  }
  const code = (header: string) => `package main

// #cgo LDFLAGS: -framework Made
// #include <${header}>
// int made(void);
import "C"

func main() { println(C.made()) }
`
  let needy: string
  const write = async (header: string) => {
    needy = join(me.cwd, 'needy')
    await mkdir(needy, { recursive: true })
    await writeFile(join(needy, 'go.mod'), 'module example.com/needy\n\ngo 1.20\n')
    await writeFile(join(needy, 'main.go'), code(header))
  }

  it('is told of SDKROOT where a header or a framework is missing', async () => {
    await write('Foundation/Foundation.h')
    expect((await build('darwin/arm64', 'needy.out', needy)).stderr).toMatch(/Foundation\.h is in the SDK.*set SDKROOT/)
    await write('stdio.h')
    const { stderr } = await build('darwin/arm64', 'needy.out', needy)
    expect(stderr).toMatch(/unable to find .*framework.*Made/)
    expect(stderr).toMatch(/set SDKROOT/)
  })

  it('is built with the one that SDKROOT names, and anew when that is another', async () => {
    await write('Made/Made.h')
    const go = async (SDKROOT: string) => {
      const { program, code, stderr } = await build('darwin/arm64', 'needy.out', needy, { SDKROOT }, '-x')
      expect(code, stderr).toBe(0)
      expect((await me.run('file', ['-b', program])).stdout).toContain('Mach-O 64-bit arm64 executable')
      return { compiled: /gonative-cc .* -c /.test(stderr), linked: /link -o|pkg\/tool\/[^ ]*link/.test(stderr) }
    }
    const first = await made('MacOSX14.sdk', '14.2')
    expect(await go(first)).toEqual({ compiled: true, linked: true })
    expect(await go(first)).toEqual({ compiled: false, linked: false })
    expect(await go(await made('MacOSX15.sdk', '15.0'))).toEqual({ compiled: true, linked: true })
    // The same place, with another version in it.
    await made('MacOSX14.sdk', '14.5')
    expect(await go(first)).toEqual({ compiled: true, linked: true })
  })
})
