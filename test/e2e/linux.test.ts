/** Linux beyond the first targets: MIPS, build modes, floors of glibc. The rest is in cross.test.ts. */
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../support/cli.js'
import { runnerOrSkip } from '../support/emulator.js'
import { realUser } from '../support/real.js'
import { suiteDirectory } from '../support/suite.js'

const example = fileURLToPath(new URL('../../examples/hello-cgo', import.meta.url))

const library = `package main

import "C"
import "net"

//export Answer
func Answer(n C.int) C.int {
	if found, err := net.LookupHost("localhost"); err != nil || len(found) == 0 {
		return -1
	}
	return 6 * n
}

func main() { println(Answer(7)) }
`
const loads = `#include <dlfcn.h>
#include <stdio.h>
int main(int argc, char **argv) {
  void *library = dlopen(argv[1], RTLD_NOW);
  if (library == NULL) return puts(dlerror());
  printf("loaded %d\\n", ((int (*)(int))dlsym(library, "Answer"))(7));
}
`
const links = '#include <stdio.h>\n#include "lib.h"\nint main(void) { printf("linked %d\\n", Answer(7)); }\n'

const directory = suiteDirectory()
let me: User
let source: string
let exporting: string
beforeAll(async () => {
  me = await realUser(directory)
  source = join(me.cwd, 'hello cgo')
  exporting = join(me.cwd, 'a library')
  await cp(example, source, { recursive: true })
  await mkdir(join(exporting, 'c'), { recursive: true })
  await writeFile(join(exporting, 'go.mod'), 'module lib\n\ngo 1.20\n')
  await writeFile(join(exporting, 'main.go'), library)
  await writeFile(join(exporting, 'c/loads.c'), loads)
  await writeFile(join(exporting, 'c/links.c'), links)
  expect(await me.gonative('install', '1.27.4', '--bare')).toMatchObject({ code: 0 })
})

const graft = async (...args: string[]) => expect(await me.gonative('graft', ...args)).toMatchObject({ code: 0 })

/** Runs to a good end, with nothing said. @returns standard output */
async function quietly(command: string, args: string[], env: Record<string, string>, cwd: string): Promise<string> {
  const ran = await me.run(command, args, env, cwd)
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  return ran.stdout
}

describe('linux on MIPS', () => {
  const targets: [goarch: string, file: RegExp][] = [
    ['mips', /ELF 32-bit MSB .*MIPS32 version.*interpreter \/lib\/ld\.so\.1/],
    ['mipsle', /ELF 32-bit LSB .*MIPS32 version.*interpreter \/lib\/ld\.so\.1/],
    ['mips64', /ELF 64-bit MSB .*MIPS-IV.*interpreter \/lib64\/ld\.so\.1/],
    ['mips64le', /ELF 64-bit LSB .*MIPS-IV.*interpreter \/lib64\/ld\.so\.1/],
  ]

  it.for(targets)("%s has Go's debug information, and runs, plain and stripped", async ([goarch, format], context) => {
    await graft(`linux/${goarch}`)
    const program = join(source, goarch)
    for (const flag of ['-trimpath', '-ldflags=-s -w']) {
      await quietly('go', ['build', flag, '-o', program, '.'], { GOOS: 'linux', GOARCH: goarch }, source)
      expect((await me.run('file', ['-b', program])).stdout).toMatch(format)
      const sections = (await me.run('readelf', ['-SW', program])).stdout
      if (flag === '-trimpath') expect(sections).toMatch(/\.debug_info +PROGBITS/)
      else expect(sections).not.toContain('.debug_')
      const ran = await me.run('sh', ['-c', '"$@"', 'sh', ...runnerOrSkip(goarch, context), program])
      expect(ran.stdout).toContain(`platform:   linux/${goarch}, go1.27.4`)
      expect(ran.stdout).toMatch(/from C: {5}42[^]*user: .*\(C library\)[^]*localhost: .*\(C library\)/)
    }
  })

  it.each([
    ['hardfloat', 'Hard float'],
    ['softfloat', 'Soft float'],
  ])('C follows GOMIPS=%s', async (GOMIPS, abi) => {
    await graft('linux/mipsle')
    const program = join(source, GOMIPS)
    await quietly('go', ['build', '-o', program, '.'], { GOOS: 'linux', GOARCH: 'mipsle', GOMIPS }, source)
    expect((await me.run('readelf', ['-A', program])).stdout).toContain(`FP ABI: ${abi}`)
  })
})

describe('build modes', () => {
  it.for([['amd64'], ['arm64']])('pie, c-shared and c-archive for linux/%s run', async ([goarch = ''], context) => {
    await graft(`linux/${goarch}`)
    const env = { GOOS: 'linux', GOARCH: goarch }
    const runner = runnerOrSkip(goarch, context)
    const run = async (...program: string[]) => {
      const { stdout, stderr } = await me.run('sh', ['-c', '"$@"', 'sh', ...runner, ...program], {}, exporting)
      return stdout + stderr
    }
    const build = (mode: string, out: string) =>
      quietly('go', ['build', `-buildmode=${mode}`, '-o', out, '.'], env, exporting)
    const [cc = '', id = ''] = (await quietly('go', ['env', 'CC'], env, exporting)).trim().split(' ')
    const compile = (...args: string[]) => quietly(cc, [id, ...args], env, exporting)

    await build('pie', 'pie')
    expect((await me.run('file', ['-b', join(exporting, 'pie')])).stdout).toContain('pie executable')
    expect(await run('./pie')).toBe('42\n')
    await build('c-shared', 'lib.so')
    await compile('c/loads.c', '-o', 'loads', '-ldl')
    expect(await run('./loads', './lib.so')).toBe('loaded 42\n')
    await build('c-archive', 'lib.a')
    await compile('-I.', 'c/links.c', 'lib.a', '-o', 'links', '-lpthread', '-lresolv')
    expect(await run('./links')).toBe('linked 42\n')
  })
})

describe('linux/386', () => {
  it.each(['pie', 'c-shared'])('is refused as %s, which would crash, with the reason', async (mode) => {
    await graft('linux/386')
    const env = { GOOS: 'linux', GOARCH: '386' }
    const ran = await me.run('go', ['build', `-buildmode=${mode}`, '-o', 'crashing', '.'], env, exporting)
    expect(ran.code).not.toBe(0)
    expect(ran.stderr).toContain('position-independent Go code for 386 crashes')
  })
})

describe('the floor of glibc', () => {
  const number = (version: string) =>
    version
      .split('.')
      .map((part) => part.padStart(4, '0'))
      .join('.')

  it.each(['2.17', '2.28', '2.34'])('%s is not exceeded by any symbol of the program', async (floor) => {
    await graft('linux/arm64', '--libc', `gnu.${floor}`)
    const program = join(source, `floor-${floor}`)
    await quietly('go', ['build', '-o', program, '.'], { GOOS: 'linux', GOARCH: 'arm64' }, source)
    const needed = (await me.run('readelf', ['-VW', program])).stdout.match(/(?<=GLIBC_)[\d.]+/g) ?? []
    expect(needed).not.toEqual([])
    expect(needed.filter((version) => number(version) > number(floor))).toEqual([])
  })
})
