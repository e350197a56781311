import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatEnv } from '../../../src/launch/env-files.js'
import { execEnvironment } from '../../../src/launch/environment.js'
import type { Layout } from '../../../src/store/layout.js'
import { difficultDirectory, environmentOf, fakeStore, put, run } from './fake-store.js'

const arm64 = { CC: 'gonative-cc zig-arm64-12345678', CGO_ENABLED: '1' }
const arm = { CC: 'gonative-cc zig-arm-12345678', CGO_ENABLED: '1', GOARM: '6' }
const target = { GOOS: 'linux', GOARCH: 'arm64' }
const version = '1.27.4'

let directory: string
let layout: Layout
beforeAll(async () => {
  directory = await difficultDirectory()
  layout = await fakeStore(directory, [version, '1.12.17'])
  await put(join(layout.env({ tool: 'go', version }), 'linux-arm64'), formatEnv(arm64))
  await put(join(layout.env({ tool: 'go', version }), 'linux-arm'), formatEnv(arm))
})
afterAll(() => rm(dirname(directory), { recursive: true }))

test('without a target only the version and the shims are given', async () => {
  const env = await execEnvironment({ layout, version, env: { PATH: `/a:${layout.shims}:/b`, X: 'x', Y: undefined } })
  expect(env).toEqual({ PATH: `${layout.shims}:/a:/b`, X: 'x', GONATIVE_GO: version })
  expect(await execEnvironment({ layout, version, env: {} })).toEqual({ PATH: layout.shims, GONATIVE_GO: version })
})

test('with a target its compilers are there for any program', async () => {
  const env = await execEnvironment({ layout, version, target, env: {} })
  expect(env).toMatchObject({ ...target, ...arm64 })
})

test.each([
  ['a C compiler', { CC: 'clang' }],
  ['no cgo', { CGO_ENABLED: '0' }],
])('%s of the user wins', async (_, own) => {
  const env = await execEnvironment({ layout, version, target, env: own })
  expect(env).toEqual({ PATH: layout.shims, GONATIVE_GO: version, ...target, ...own })
})

test("so does the user's go env file", async () => {
  const GOENV = await put(join(directory, 'goenv'), 'CC=clang\n')
  const env = { GOENV }
  expect(await execEnvironment({ layout, version, target, env })).not.toHaveProperty('CC')
})

test('a target that was set further out leaves nothing behind', async () => {
  const outer = await execEnvironment({ layout, version, target: { GOOS: 'linux', GOARCH: 'arm' }, env: {} })
  expect(outer).toMatchObject(arm)
  const inner = await execEnvironment({ layout, version, target, env: outer })
  expect(inner).toMatchObject(arm64)
  expect(inner).not.toHaveProperty('GOARM')
})

test('a go below, for yet another target, gets the compilers of its own', async () => {
  const PATH = process.env.PATH
  const env = await execEnvironment({ layout, version, target, env: { PATH, HOME: directory } })
  const { stdout } = await run(['go', 'build'], { cwd: directory, env: { ...env, GOARCH: 'arm' } })
  expect(environmentOf(stdout)).toMatchObject({ ...arm, GOARCH: 'arm' })
  const wasm = await run(['go', 'build'], { cwd: directory, env: { ...env, GOOS: 'js', GOARCH: 'wasm' } })
  expect(environmentOf(wasm.stdout)).not.toHaveProperty('CC')
  expect(environmentOf(wasm.stdout)).not.toHaveProperty('CGO_ENABLED')
})
