/** A graft of Go 1.4.3 for linux/386: compilers from its own C, and what a distribution made here has for the target. */
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { makeDistributions } from '../../scripts/classic/distributions.mjs'
import { program } from '../../scripts/classic/program.mjs'
import { onPath } from '../../scripts/runners.mjs'
import type { Inspection } from '../../src/inspect/inspection.js'
import type { User } from '../support/cli.js'
import { realUser } from '../support/real.js'
import { suiteDirectory } from '../support/suite.js'

const version = '1.4.3'
const directory = suiteDirectory()

/** The mirror, made once where downloads are kept: half a minute. */
async function mirror(me: User): Promise<string> {
  const kept = join(process.env.GONATIVE_DOWNLOADS ?? join(tmpdir(), 'gonative-downloads'), `classic-go${version}`)
  if (existsSync(kept)) return kept
  const [work, made] = [join(directory, 'made'), `${kept}.${process.pid}`]
  const toolchain = join(me.home, 'toolchains', `go${version}`)
  makeDistributions({ version, toolchain, work, mirror: made, targets: ['linux/386'] })
  await rename(made, kept)
  await rm(work, { recursive: true })
  return kept
}

/** In CI what is missing is a failure. */
function compilerOrSkip(context: TestContext): void {
  const missing = ['gcc', 'ar', 'tar'].filter((name) => onPath(name) === undefined)
  if (missing.length === 0) return
  if (process.env.CI === 'true') throw new Error(`cannot be skipped in CI: needs ${missing.join(' and ')}`)
  context.skip(`needs ${missing.join(' and ')}`)
}

describe(`go ${version}`, () => {
  it('builds for linux/386 by compiling the program only, with compilers that were made for it', async (context) => {
    compilerOrSkip(context)
    const plain = await realUser(join(directory, 'user'), { GOENV: 'off' })
    expect(await plain.gonative('install', version, '--bare')).toMatchObject({ code: 0 })
    const me = await realUser(join(directory, 'user'), { GOENV: 'off', GONATIVE_MIRROR: await mirror(plain) })

    const grafted = await me.gonative('graft', 'linux/386')
    expect(grafted).toMatchObject({ code: 0 })
    expect(grafted.stdout).toContain('no native resolver, for linux/386: the distribution was compiled without cgo')

    const place = join(me.cwd, 'a program')
    await mkdir(place)
    await writeFile(join(place, 'main.go'), program)
    const env = { GOOS: 'linux', GOARCH: '386', GOPATH: me.cwd, PATH: `${join(me.home, 'shims')}:/nowhere` }
    const built = await me.run('go', ['build', '-x', '-o', 'made', 'main.go'], env, place)
    expect(built.code).toBe(0)
    const compiled = [...built.stderr.matchAll(/8g"? -o .* -p (\S+)/g)].map(([, path]) => path)
    expect(compiled).toEqual(['command-line-arguments'])

    const [file] = JSON.parse((await me.gonative('inspect', '--json', join(place, 'made'))).stdout) as Inspection[]
    expect(file).toMatchObject({ format: 'elf', arch: '386', linkage: 'static' })
    const ran = await me.run(join(place, 'made'), [])
    expect(ran.stdout).toBe(`linux 386 go${version} true <nil>\n`)
    expect(await me.gonative('verify')).toMatchObject({ code: 0 })
    // Taken away, the toolchain is what was published: it has no compiler for the machine.
    expect(await me.gonative('graft', 'linux/386', '--remove')).toMatchObject({ code: 0 })
    expect((await me.run('go', ['build', '-o', 'again', 'main.go'], env, place)).code).not.toBe(0)
  })
})
