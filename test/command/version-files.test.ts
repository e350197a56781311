/**
 * What goenv's own tests of `goenv local` ask (go-nv/goenv, test/), as questions to `use --local` and `current`; the
 * differences that are on purpose have their reason in docs/version-files.md.
 */
import { access, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { user, type User } from '../support/cli.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'
import { suiteDirectory } from '../support/suite.js'

let proxy: GoProxy
let me: User
let file: string
const directory = suiteDirectory()
beforeAll(async () => {
  proxy = await serveGo()
  for (const version of ['1.96.9', '1.97.9', '1.97.10', '1.98rc1']) proxy.publish(version)
  me = await user(join(directory, 'files'), proxy.env)
  await me.gonative('install', '1.96.9', '1.97.9', '1.97.10', '1.98rc1', '--bare')
  file = join(me.cwd, '.go-version')
})
afterAll(() => proxy.close())
afterEach(() => rm(file, { force: true }))

describe('goenv local, as use --local', () => {
  it.each([
    ['an exact version', '1.97.9', '1.97.9', '1.97.9'],
    ['an exact version with go in front', 'go1.97.9', '1.97.9', '1.97.9'],
    ['the latest, which is a release and by number, not by letter', 'latest', '1.97.10', '1.97.10'],
    ['a line, which stays a line', '1.97', '1.97', '1.97.10'],
    ['a release candidate', '1.98rc1', '1.98rc1', '1.98rc1'],
  ])('pins %s', async (_, asked, written, inForce) => {
    expect(await me.gonative('use', asked, '--local')).toMatchObject({ code: 0 })
    expect(await readFile(file, 'utf8')).toBe(`${written}\n`)
    expect((await me.gonative('current')).stdout).toMatch(
      new RegExp(`^go ${inForce}: .*${written === inForce ? '' : 'newest installed 1.97, '}set by `),
    )
  })

  it('takes the place of an older pin, whatever that is', async () => {
    await writeFile(file, '1.0-pre\n')
    expect((await me.gonative('current')).code).toBe(2)
    expect(await me.gonative('use', '1.96.9', '--local')).toMatchObject({ code: 0 })
    expect(await readFile(file, 'utf8')).toBe('1.96.9\n')
  })

  it.each([
    ['an exact version that is not installed', '1.97.4', 5],
    ['a line of which nothing is', '1.95', 5],
    ['a major number, which is no line', '1', 2],
    ['a minor number alone', '97', 2],
    ['a number that is neither', '9', 2],
    ['the go of the system, as long as none is linked by that name', 'system', 5],
  ])('refuses %s, and leaves the pin as it was', async (_, asked, code) => {
    await writeFile(file, '1.96.9\n')
    expect((await me.gonative('use', asked, '--local')).code).toBe(code)
    expect(await readFile(file, 'utf8')).toBe('1.96.9\n')
  })

  it('has no command to take a pin away: without the file the default is in force again', async () => {
    await me.gonative('use', '1.97.9', '--local')
    await rm(file)
    expect((await me.gonative('current')).stdout).toBe('go 1.96.9: the default, set by gonative use\n')
    await expect(access(file)).rejects.toThrow()
  })
})
