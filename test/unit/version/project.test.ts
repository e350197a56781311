// The rule itself is tested with test/unit/launch/resolution-cases.ts, against the shim too.
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decide } from '../../../src/version/project.js'
import { readProject } from '../../../src/version/read-project.js'

let directory: string
beforeAll(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'gonative-')))
})
afterAll(() => rm(directory, { recursive: true }))

const nothing = { environment: undefined, pin: undefined, module: undefined, installed: ['1.27.4'], default: '1.27.4' }
const line = (text: string, at: number) => ({ file: '/p/go.mod', line: at, text })

test('a decision says what was asked for, by whom, and how it was met', () => {
  const module = { kind: 'go.mod' as const, go: line('1.22.0', 3), toolchain: line('go1.26.1', 5) }
  expect(decide({ ...nothing, module })).toEqual({
    version: '1.27.4',
    wanted: '1.26.1',
    installed: true,
    from: { kind: 'go.mod', file: '/p/go.mod', line: 5 },
    by: 'default',
  })
})

test('what is missing has its exact version only if it was named exactly', () => {
  const pin = { kind: '.go-version' as const, file: '/p/.go-version', line: 1 }
  expect(decide({ ...nothing, pin: { ...pin, text: '1.22.1' } })).toMatchObject({ version: '1.22.1', installed: false })
  expect(decide({ ...nothing, pin: { ...pin, text: '1.22' } })).toMatchObject({
    version: undefined,
    wanted: '1.22',
    installed: false,
  })
})

test('a refusal names file and line, and repeats nothing of what is there', () => {
  const pin = { kind: '.go-version' as const, file: '/p/.go-version', line: 7, text: '\x1b[31m$(id)' }
  expect(() => decide({ ...nothing, pin })).toThrow(
    expect.objectContaining({ exit: 2, message: '/p/.go-version:7 does not hold a Go version' }) as Error,
  )
})

test('files are sought going up by the name that the shell has for the directory', async () => {
  const real = join(directory, 'elsewhere', 'real')
  const project = join(directory, 'project')
  await mkdir(real, { recursive: true })
  await mkdir(project)
  await symlink(real, join(project, 'link'))
  await writeFile(join(project, '.go-version'), '1.22.1')
  await writeFile(join(directory, 'elsewhere', '.go-version'), '1.19.13')
  const pinSeen = async (env: Record<string, string>) => (await readProject(real, env)).pin?.text
  expect(await pinSeen({ PWD: join(project, 'link') })).toBe('1.22.1')
  expect(await pinSeen({ PWD: project })).toBe('1.19.13')
  expect(await pinSeen({ PWD: '/nowhere' })).toBe('1.19.13')
  expect(await pinSeen({})).toBe('1.19.13')
})
