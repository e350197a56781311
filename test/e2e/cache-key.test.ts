import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../support/cli.js'
import { realUser } from '../support/real.js'
import { suiteDirectory } from '../support/suite.js'

/**
 * What changes a binary is in the go command's cache key, and nothing else is: each choice rebuilds what depends on it,
 * and going back to it rebuilds nothing.
 */
const example = fileURLToPath(new URL('../../examples/hello-cgo', import.meta.url))
const directory = suiteDirectory()
let me: User
let source: string
beforeAll(async () => {
  me = await realUser(directory, { GOCACHE: '' })
  source = join(me.cwd, 'hello')
  await cp(example, source, { recursive: true })
  expect(await me.gonative('install', '1.27.4', '--targets', 'linux/arm64,linux/arm')).toMatchObject({ code: 0 })
})

/** The packages that a build for the target compiles, sorted. */
async function compiled(target: Record<string, string>): Promise<string[]> {
  const ran = await me.run('go', ['build', '-x', '-o', join(me.cwd, 'out'), '.'], target, source)
  expect(ran.code).toBe(0)
  return [...ran.stderr.matchAll(/\/compile"? -o .* -p (\S+) /g)].map(([, name]) => name ?? '').sort()
}

const arm64 = { GOOS: 'linux', GOARCH: 'arm64' }
const withC = ['main', 'net', 'os/user', 'runtime/cgo']
const graft = async (...args: string[]) => expect(await me.gonative('graft', ...args)).toMatchObject({ code: 0 })

describe('the cache key', () => {
  it('has the C library and its floor: another one recompiles the packages with C, the same one nothing', async () => {
    expect(await compiled(arm64)).toContain('fmt')
    expect(await compiled(arm64)).toEqual([])

    await graft('linux/arm64', '--libc', 'gnu.2.28')
    expect(await compiled(arm64)).toEqual(withC)
    expect((await me.run('readelf', ['-V', join(me.cwd, 'out')])).stdout).toMatch(/GLIBC_2\.(17|2[0-8])/)

    await graft('linux/arm64', '--libc', 'musl')
    expect(await compiled(arm64)).toEqual(withC)
    expect((await me.run('file', ['-b', join(me.cwd, 'out')])).stdout).toContain('statically linked')

    for (const libc of ['gnu.2.17', 'gnu.2.28', 'musl']) {
      await graft('linux/arm64', '--libc', libc)
      expect(await compiled(arm64)).toEqual([])
    }
    expect((await me.run('file', ['-b', join(me.cwd, 'out')])).stdout).toContain('statically linked')
  })

  it('has the sub-architecture, for C as for Go', async () => {
    const arm = (GOARM: string) => ({ GOOS: 'linux', GOARCH: 'arm', GOARM })
    expect(await compiled(arm('7'))).toContain('fmt')
    expect(await compiled(arm('6'))).toEqual(expect.arrayContaining([...withC, 'fmt']))
    for (const GOARM of ['7', '6']) expect(await compiled(arm(GOARM))).toEqual([])
  })
})
