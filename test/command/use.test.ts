import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { user, type Ran, type User } from '../support/cli.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'
import { suiteDirectory } from '../support/suite.js'

let proxy: GoProxy
let me: User
const directory = suiteDirectory()
beforeAll(async () => {
  proxy = await serveGo()
  for (const version of ['1.98.1', '1.98.2', '1.97.5']) proxy.publish(version)
  me = await user(join(directory, 'user'), proxy.env)
  expect((await me.gonative('install', '1.98.1', '1.97.5', '--bare')).code).toBe(0)
})
afterAll(() => proxy.close())

let project: string
let count = 0
beforeEach(async () => {
  project = join(me.cwd, `project ${count++}`)
  await mkdir(project)
  await me.gonative('use', '1.98.1')
})

/** `gonative …` in the project, without a terminal. */
const gonative = async (...args: string[]): Promise<Ran> =>
  me.run(join(me.home, 'shims', 'gonative'), args, {}, project)

describe('use without a version', () => {
  it('says what the project asks for, and why it is that', async () => {
    await writeFile(join(project, 'go.mod'), 'module x\n\ngo 1.97.1\n')
    const ran = await gonative('use')
    expect(ran).toMatchObject({
      code: 0,
      stdout: `go 1.98.1: the default; ${project}/go.mod:3 asks for at least 1.97.1\n`,
    })
    await writeFile(join(project, '.go-version'), '1.97\n')
    expect((await gonative('use')).stdout).toContain('go 1.97.5: the newest installed 1.97, set by')
  })
  it('of a version that is missing installs nothing unasked', async () => {
    await writeFile(join(project, '.go-version'), '1.98.2\n')
    const ran = await gonative('use')
    expect(ran).toMatchObject({ code: 5, stderr: expect.stringContaining(`${project}/.go-version:1`) as string })
    expect(ran.stderr).toContain('gonative install 1.98.2, or gonative use --yes')
    expect((await gonative('list')).stdout).not.toContain('1.98.2')
  })
  it('asks on a terminal, and takes no for an answer', async () => {
    await writeFile(join(project, '.go-version'), '1.98.2\n')
    const ran = await me.run('sh', ['-c', 'echo n | script -qec "gonative use" /dev/null'], {}, project)
    expect(ran.stdout).toContain('go 1.98.2 is not installed')
    expect(ran.stdout).toContain('Install it? [Y/n]')
    expect((await gonative('list')).stdout).not.toContain('1.98.2')
  })
  it('where nothing asks for one names the default', async () => {
    const ran = await gonative('use')
    expect(ran).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('the default, go 1.98.1, is in force') as string,
    })
  })
  it('--local wants one', async () => {
    expect((await gonative('use', '--local')).code).toBe(2)
  })
})

describe('use with a version', () => {
  it('takes go.mod for what the project asks for', async () => {
    await writeFile(join(project, '.go-version'), '1.97.5\n')
    expect((await gonative('use', 'go.mod')).stdout).toBe('go 1.97.5 is the default\n')
  })
  it('--local writes the pin and leaves the comments', async () => {
    await writeFile(join(project, '.go-version'), '# why\n1.98\n')
    expect((await gonative('use', 'go1.97', '--local')).stdout).toContain(`go 1.97 here, by ${project}/.go-version`)
    expect(await readFile(join(project, '.go-version'), 'utf8')).toBe('# why\n1.97\n')
  })
  it('says when something here overrules it', async () => {
    await writeFile(join(project, '.go-version'), '1.97.5\n')
    expect((await gonative('use', '1.98.1')).stderr).toContain(
      `Here go 1.97.5 stays in force: ${project}/.go-version:1`,
    )
    const ran = await me.run(
      join(me.home, 'shims', 'gonative'),
      ['use', '1.98.1', '--local'],
      { GONATIVE_GO: '1.97.5' },
      project,
    )
    expect(ran.stderr).toContain('Here go 1.97.5 stays in force: GONATIVE_GO asks for it.')
  })
  it('that cannot write its pin says which file', async () => {
    await mkdir(join(project, '.go-version'))
    const ran = await gonative('use', '1.98.1', '--local')
    expect(ran).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`${project}/.go-version cannot be written`) as string,
    })
  })
})
