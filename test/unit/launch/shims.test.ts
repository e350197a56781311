import { execFile } from 'node:child_process'
import { lstat, mkdir, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeAliases } from '../../../src/launch/aliases.js'
import { writeShims } from '../../../src/launch/shims.js'
import { Layout } from '../../../src/store/layout.js'
import { difficultDirectory, host, put, run } from './fake-store.js'

let directory: string
let layout: Layout
beforeEach(async () => {
  directory = await difficultDirectory()
  layout = new Layout(join(directory, 'store'))
})
afterEach(() => rm(dirname(directory), { recursive: true }))

test('all shims are written as programs, and nothing else', async () => {
  await writeShims(layout, { node: process.execPath, entry: '/x' }, host)
  const names = await readdir(layout.shims)
  expect(names.sort()).toEqual(['go', 'gofmt', 'gonative', 'gonative-ar', 'gonative-c++', 'gonative-cc'])
  for (const name of names) expect((await stat(join(layout.shims, name))).mode & 0o777).toBe(0o755)
  expect(await readFile(join(layout.shims, 'go'), 'utf8')).toContain('gn_hostos=linux gn_hostarch=amd64')
})

test('a shim that is right is left alone, one that is not is replaced', async () => {
  const self = { node: process.execPath, entry: '/x' }
  const inodes = async () =>
    Promise.all(['go', 'gofmt'].map(async (name) => (await stat(join(layout.shims, name))).ino))
  await writeShims(layout, self, host)
  const before = await inodes()
  await writeShims(layout, self, host)
  expect(await inodes()).toEqual(before)
  await writeFile(join(layout.shims, 'gofmt'), 'changed')
  await writeShims(layout, self, host)
  expect((await inodes())[0]).toBe(before[0])
  expect(await readFile(join(layout.shims, 'gofmt'), 'utf8')).toBe(await readFile(join(layout.shims, 'go'), 'utf8'))
})

test('gonative is started with its own Node, store and arguments, or with the Node on PATH when that is gone', async () => {
  const entry = await put(
    join(dirname(directory), `en'try "$x".mjs`), // Node itself refuses to start from a path with a backslash
    'console.log(JSON.stringify([process.argv.slice(2), process.env.GONATIVE_HOME]))',
  )
  const answer = async (node: string, env: Record<string, string>) => {
    await writeShims(layout, { node, entry }, host)
    return (await run([join(layout.shims, 'gonative'), 'a b', '$c'], { cwd: '/', env })).stdout
  }
  const PATH = dirname(process.execPath)
  expect(JSON.parse(await answer(process.execPath, { PATH: '/nowhere' }))).toEqual([['a b', '$c'], layout.home])
  expect(JSON.parse(await answer('/gone/node', { PATH, GONATIVE_HOME: '/h' }))).toEqual([['a b', '$c'], '/h'])
})

test('every shim passes shellcheck, where there is one', async ({ skip }) => {
  const check = promisify(execFile)
  if (!(await check('shellcheck', ['--version']).catch(() => undefined))) skip()
  const plain = new Layout(join(dirname(directory), 'plain')) // the quotes of the other one's name are suspicious to it
  await writeShims(plain, { node: process.execPath, entry: '/x' }, host)
  for (const name of ['go', 'gonative']) await check('shellcheck', ['-s', 'sh', join(plain.shims, name)])
})

test('aliases lead to the newest of every line, and those of lines that are gone are removed', async () => {
  const toolchains = layout.roomOf('go')
  const seen = async () => {
    const names = (await readdir(toolchains)).filter((name) => /^\d/.test(name))
    return Promise.all(
      names
        .sort()
        .map(async (name) => [
          ...[name, await readlink(join(toolchains, name))],
          (await readFile(join(layout.home, 'env', name), 'utf8')).trim(),
        ]),
    )
  }
  await writeAliases(layout, ['1.9.7', '1.27.3', '1.27.10', '1.28rc1', '1.20'])
  await mkdir(join(toolchains, 'go1.27.3'))
  expect(await seen()).toEqual([
    ['1.20', 'go1.20', '1.20'],
    ['1.27', 'go1.27.10', '1.27.10'],
    ['1.28', 'go1.28rc1', '1.28rc1'],
    ['1.9', 'go1.9.7', '1.9.7'],
  ])
  await writeAliases(layout, ['1.27.3'])
  expect(await seen()).toEqual([['1.27', 'go1.27.3', '1.27.3']])
  expect((await lstat(join(toolchains, 'go1.27.3'))).isDirectory()).toBe(true)
  expect((await readdir(join(layout.home, 'env'))).sort()).toEqual(['1.27'])
})
