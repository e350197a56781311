/** One table for `decide`, for the go shim, and for what the launcher says: `current`, or the same failure. */
import { access, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GonativeError } from '../../../src/errors.js'
import type { Layout } from '../../../src/store/layout.js'
import { render, describe as describeFailure } from '../../../src/ui/failure.js'
import { decide, describeOrigin } from '../../../src/version/project.js'
import { readProject } from '../../../src/version/read-project.js'
import { difficultDirectory, fakeStore, put, run, shellsHere } from './fake-store.js'
import { goenvCases } from './goenv-cases.js'
import { resolutionCases, type ResolutionCase } from './resolution-cases.js'

const shells = await shellsHere()

describe.each([...resolutionCases, ...goenvCases])('$name', (given) => {
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

  const inShells = (name: string, ...args: string[]) => {
    const env = { PATH: process.env.PATH, HOME: directory, ...given.env }
    return Promise.all(shells.map((shell) => run([...shell, join(layout.shims, name), ...args], { cwd, env })))
  }

  test('by decide', async () => {
    expect(await decided(given, cwd, project)).toEqual(given.expected)
  })

  test('by the go shim, in every shell', async () => {
    const answers = await inShells('go')
    expect(answers.map(({ code, stdout, stderr }) => ({ code, stdout: stdout.split('\n')[0], stderr }))).toEqual(
      shells.map(() => said(given.expected, project, (version) => `version=${version} go`)),
    )
    await expect(access(join(cwd, 'bad'))).rejects.toThrow()
  })

  test('by the launcher, in every shell', async () => {
    const which = (version: string) => join(layout.toolchain({ tool: 'go', version }), 'bin', 'go\n')
    const expected = said(given.expected, project, which)
    expect(await inShells('gonative', 'which')).toEqual(shells.map(() => expected))
    await expect(access(join(cwd, 'bad'))).rejects.toThrow()
  })
})

/** What a program says and does when the expected is in force. */
function said(expected: ResolutionCase['expected'], project: string, ofVersion: (version: string) => string) {
  const inProject = (place: string): string => (place.includes(':') ? `${project}/${place}` : place)
  if (expected === 'nothing') {
    return { code: 5, stdout: '', stderr: 'gonative: no Go version is in force here; run: gonative install latest\n' }
  }
  if ('version' in expected) return { code: 0, stdout: ofVersion(expected.version), stderr: '' }
  if ('missing' in expected) {
    const { missing, from } = expected
    const why = `go ${missing} is not installed (asked for by ${inProject(from)})`
    return { code: 5, stdout: '', stderr: `gonative: ${why}; run: gonative install ${missing}\n` }
  }
  const why = `${inProject(expected.refused)} does not hold a Go version`
  const stderr = `gonative: ${why}\n  Write a version (1.27.4) or a line (1.27) there.\n`
  return { code: 2, stdout: '', stderr }
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
    const refused = error.message.replace(' does not hold a Go version', '')
    expect(render(describeFailure(error))).toBe(said({ refused }, '', String).stderr.replace('/', ''))
    return { refused: short(refused) }
  }
}
