import { access, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GonativeError } from '../../../src/errors.js'
import type { Layout } from '../../../src/store/layout.js'
import { decide, describeOrigin } from '../../../src/version/project.js'
import { readProject } from '../../../src/version/read-project.js'
import { difficultDirectory, fakeStore, put, run, shellsHere } from './fake-store.js'
import { resolutionCases, type ResolutionCase } from './resolution-cases.js'

const shells = await shellsHere()

describe.each(resolutionCases)('$name', (given) => {
  let directory: string
  let project: string
  let cwd: string
  let layout: Layout

  beforeAll(async () => {
    directory = await difficultDirectory()
    project = join(directory, 'project')
    cwd = join(project, 'sub', 'dir')
    await mkdir(cwd, { recursive: true })
    layout = await fakeStore(directory, given.installed ?? [], given.default)
    for (const [path, text] of Object.entries(given.files ?? {})) {
      if (text === null) await mkdir(join(project, path), { recursive: true })
      else await put(join(project, path), text)
    }
  })
  afterAll(() => rm(dirname(directory), { recursive: true }))

  test('by decide', async () => {
    expect(await decided(given, cwd, project)).toEqual(given.expected)
  })

  test('by the shim, in every shell', async () => {
    const shim = join(layout.shims, 'go')
    const env = { PATH: process.env.PATH, HOME: directory, ...given.env }
    const answers = await Promise.all(shells.map((shell) => run([...shell, shim], { cwd, env })))
    expect(answers.map(({ code, stdout, stderr }) => ({ code, first: stdout.split('\n')[0], stderr }))).toEqual(
      shells.map(() => said(given.expected, project)),
    )
    await expect(access(join(cwd, 'bad'))).rejects.toThrow()
  })
})

/** What the shim says and does when the expected is in force. */
function said(expected: ResolutionCase['expected'], project: string) {
  const inProject = (place: string): string => (place.includes(':') ? `${project}/${place}` : place)
  if (expected === 'nothing') {
    return { code: 5, first: '', stderr: 'gonative: no Go is chosen here; run: gonative install latest\n' }
  }
  if ('version' in expected) return { code: 0, first: `version=${expected.version} go`, stderr: '' }
  if ('missing' in expected) {
    const { missing, from } = expected
    const why = `Go ${missing} is not installed, and ${inProject(from)} asks for it`
    return { code: 5, first: '', stderr: `gonative: ${why}; run: gonative install ${missing}\n` }
  }
  const why = `${inProject(expected.refused)} does not hold a Go version`
  return { code: 2, first: '', stderr: `gonative: ${why}; write a version (1.27.4) or a line (1.27) there\n` }
}

async function decided(given: ResolutionCase, cwd: string, project: string): Promise<ResolutionCase['expected']> {
  const short = (place: string): string => place.replace(`${project}/`, '')
  try {
    const read = await readProject(cwd, { ...given.env })
    const decision = decide({ ...read, installed: given.installed ?? [], default: given.default })
    if (!decision) return 'nothing'
    const from = short(describeOrigin(decision.from))
    if (!decision.installed) return { missing: decision.wanted, from }
    return { version: decision.version ?? '', from }
  } catch (error) {
    if (!(error instanceof GonativeError) || error.exit !== 2) throw error
    return { refused: short(error.message.replace(' does not hold a Go version', '')) }
  }
}
