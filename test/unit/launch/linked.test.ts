// A Go that `gonative link` linked, in the files that choose a Go: the rule in TypeScript and the shim's give one answer.
import { chmod, mkdir, rename, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { GonativeError } from '../../../src/errors.js'
import { checkLinked, goVersionAt } from '../../../src/store/linked.js'
import type { Layout } from '../../../src/store/layout.js'
import { decide } from '../../../src/version/project.js'
import { readProject } from '../../../src/version/read-project.js'
import { isLinkName } from '../../../src/version/spec.js'
import { environmentOf, difficultDirectory, fakeStore, put, run, shellsHere } from './fake-store.js'

const shells = await shellsHere()
let directory: string
let cwd: string
let layout: Layout
let goroot: string
beforeEach(async () => {
  directory = await difficultDirectory()
  cwd = join(directory, 'project')
  await mkdir(cwd)
  layout = await fakeStore(directory, ['1.22.12', '1.27.4'], '1.27.4')
  goroot = join(directory, 'usr local', 'go')
  await linkFake('system', 'go1.26.8')
})
afterEach(() => rm(dirname(directory), { recursive: true }))

async function linkFake(name: string, version: string, file = 'VERSION'): Promise<void> {
  await put(join(goroot, 'bin', 'go'), `#!/bin/sh\necho "version=${name} go"\nexec env\n`, 0o755)
  await put(join(goroot, file), `${version}\ntime 2026-01-01T00:00:00Z\n`)
  const release = { tool: 'go', version: name }
  await symlink(goroot, layout.toolchain(release))
  await put(layout.receipt(release), JSON.stringify({ schema: 1, tool: 'go', version: name, linked: goroot }))
}

/** The version or the exit code by decide, then by the shim and the launcher in every shell: each the same. */
async function answers(env: Record<string, string> = {}): Promise<unknown[]> {
  const decided = await readProject(cwd, env)
    .then(async (project) => {
      const config = await run(['/bin/cat', join(layout.home, 'env', 'default')], { cwd, env: {} })
      const linked = { system: (await goVersionAt(goroot)) ?? 'system' }
      const installed = ['1.22.12', '1.27.4', 'system']
      const decision = decide({ ...project, installed, default: config.stdout.trim(), linked })
      return decision?.installed === true ? decision.version : 5
    })
    .catch((error: unknown) => (error instanceof GonativeError ? error.exit : error))
  const all = { PATH: process.env.PATH, HOME: directory, ...env }
  const programs = [[join(layout.shims, 'go')], [join(layout.shims, 'gonative'), 'which']]
  const commands = shells.flatMap((shell) => programs.map((program) => [...shell, ...program]))
  const ran = await Promise.all(commands.map((command) => run(command, { cwd, env: all })))
  const said = ran.map(({ code, stdout }) =>
    code === 0 ? (/version=(\S+)|toolchains\/go(.*)\/bin\/go\n/.exec(stdout) ?? []).slice(1).join('') : code,
  )
  return [...new Set([decided, ...said])]
}

describe('a linked Go', () => {
  test.each(['.go-version', '.tool-versions'])('is a pin in %s', async (file) => {
    await put(join(cwd, file), file === '.go-version' ? '# ours\nsystem\r\n' : 'golang system\n')
    expect(await answers()).toEqual(['system'])
  })
  test('is chosen by GONATIVE_GO', async () => {
    expect(await answers({ GONATIVE_GO: 'system' })).toEqual(['system'])
  })
  test('as the default counts as the version that it is', async () => {
    await put(join(layout.home, 'env', 'default'), 'system\n')
    await put(join(cwd, 'go.mod'), 'module x\n\ngo 1.26.1\n')
    expect(await answers()).toEqual(['system'])
    await put(join(cwd, 'go.mod'), 'module x\n\ngo 1.27.0\n')
    expect(await answers()).toEqual(['1.27.4'])
    await put(join(cwd, 'go.mod'), 'module x\n\ngo 1.28.0\n')
    expect(await answers()).toEqual([5])
  })
  test('built from a checkout is of the line that its VERSION.cache names', async () => {
    await rm(join(goroot, 'VERSION'))
    await put(join(goroot, 'VERSION.cache'), 'devel go1.28-2a7f0d8 Mon Nov 2 2026')
    await put(join(layout.home, 'env', 'default'), 'system\n')
    await put(join(cwd, 'go.mod'), 'module x\n\ngo 1.27.3\n')
    expect(await answers()).toEqual(['system'])
  })
  test('that is not linked is missing if it is called system, and any other word is refused', async () => {
    await put(join(cwd, '.go-version'), 'tip\n')
    expect(await answers()).toEqual([2])
    await rm(layout.receipt({ tool: 'go', version: 'system' }))
    const ran = await run([join(layout.shims, 'go')], { cwd, env: { ...process.env, GONATIVE_GO: 'system' } })
    expect(ran).toMatchObject({ code: 5, stderr: expect.stringContaining('run: gonative link system') as string })
  })
  test('has the variables of its grafts, and those of the go env file are known', async () => {
    await put(join(layout.env({ tool: 'go', version: 'system' }), 'linux-arm64'), 'CC=gonative-cc x\nCGO_ENABLED=1\n')
    await put(join(directory, '.config/go/env'), 'GOOS=linux\nGOARCH=arm64\n')
    const env = { PATH: process.env.PATH, HOME: directory, GONATIVE_GO: 'system' }
    const { stdout } = await run([join(layout.shims, 'go')], { cwd, env })
    expect(environmentOf(stdout)).toMatchObject({ CC: 'gonative-cc x', CGO_ENABLED: '1' })
  })
  test('whose directory is gone is an error with the next step', async () => {
    await rename(goroot, `${goroot}.away`)
    const ran = await run([join(layout.shims, 'go')], { cwd, env: { ...process.env, GONATIVE_GO: 'system' } })
    expect(ran).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('there is no Go where it leads any more; run: gonative list') as string,
    })
    const gone = expect.objectContaining({ code: 'LINK_GONE', exit: 5 }) as Error
    await expect(checkLinked(layout, 'system')).rejects.toThrow(gone)
    await rename(`${goroot}.away`, goroot)
    await expect(checkLinked(layout, 'system')).resolves.toBeUndefined()
    await chmod(join(goroot, 'bin', 'go'), 0o644)
    await expect(checkLinked(layout, 'system')).rejects.toThrow(gone)
  })
})

test('a name is lower case letters, digits and dashes, and never reads as a version or as a word of Go', () => {
  for (const name of ['system', 'tip', 'go-1-22', 'my2']) expect(isLinkName(name)).toBe(true)
  for (const name of [
    '1.22',
    'go1',
    'go1-22',
    '2',
    '-x',
    'a/b',
    'a.b',
    'A',
    '',
    'latest',
    'local',
    'default',
    'a b',
    '..',
  ])
    expect(isLinkName(name)).toBe(false)
})
