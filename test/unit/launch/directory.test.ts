/** From which directory on project files are sought: as the shell names it, and the same for the shim as for Node. */
import { mkdir, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Layout } from '../../../src/store/layout.js'
import { readProject } from '../../../src/version/read-project.js'
import { difficultDirectory, fakeStore, put, run, shellsHere } from './fake-store.js'

const shells = [...(await shellsHere()), ['zsh'], ['ksh93']]
let directory: string
let real: string
let layout: Layout

/** real/ is reached by project/link too, and each way up has another pin. */
beforeAll(async () => {
  directory = await difficultDirectory()
  real = join(directory, 'elsewhere', 'real')
  await mkdir(real, { recursive: true })
  await put(join(directory, 'elsewhere', '.go-version'), '1.19.13')
  await put(join(directory, 'project', '.go-version'), '1.22.12')
  await symlink(real, join(directory, 'project', 'link'))
  layout = await fakeStore(directory, ['1.19.13', '1.22.12', '1.27.4'], '1.27.4')
})
afterAll(() => rm(dirname(directory), { recursive: true }))

async function answers(at: string, env: Record<string, string>): Promise<string[]> {
  const ran = await Promise.all(
    shells.map(async (shell) => {
      const options = { cwd: at, env: { PATH: process.env.PATH, HOME: directory, ...env } }
      const { code, stdout } = await run([...shell, join(layout.shims, 'gonative'), 'which'], options)
      return code === -1 ? undefined : /go([0-9.]+)\/bin\/go\n$/.exec(stdout)?.[1] // -1: there is no such shell here
    }),
  )
  return [...new Set(ran.filter((version) => version !== undefined))]
}

describe('PWD', () => {
  test.each([
    ['is the way that led here', '@/project/link', '1.22.12'],
    ['is not heeded when it names another directory', '@/project', '1.19.13'],
    ['is not heeded when it names none', '/nowhere', '1.19.13'],
    ['is not heeded when it is relative', 'project/link', '1.19.13'],
    ['is not heeded when it is empty', '', '1.19.13'],
  ])('%s', async (_, pwd, version) => {
    const PWD = pwd.replace('@', directory)
    expect((await readProject(real, { PWD })).pin?.text).toBe(version)
    expect(await answers(real, { PWD })).toEqual([version])
  })
})

test('a directory that is gone has nothing above it', async () => {
  const gone = join(directory, 'project', 'gone')
  await mkdir(gone)
  const script = 'rmdir "$1" && shift && exec "$@"'
  for (const shell of shells) {
    const command = ['sh', '-c', script, 'sh', gone, ...shell, join(layout.shims, 'gonative'), 'which']
    await mkdir(gone, { recursive: true })
    const { code, stdout } = await run(command, {
      cwd: gone,
      env: { PATH: process.env.PATH, HOME: directory, PWD: '' },
    })
    if (code !== 127)
      expect([shell, code, stdout]).toEqual([shell, 0, expect.stringMatching(/1\.(22\.12|27\.4)/) as string])
  }
})
