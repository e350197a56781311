import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { user, type User } from '../support/cli.js'
import { suiteDirectory } from '../support/suite.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'

let proxy: GoProxy
let me: User
beforeAll(async () => {
  proxy = await serveGo()
  for (const version of ['1.97.1', '1.98.1']) proxy.publish(version)
  me = await user(join(directory, `a "b" 'c' $d é`), proxy.env)
  await me.gonative('install', '1.98.1', '1.97.1', '--bare')
})
afterAll(() => proxy.close())
const directory = suiteDirectory()

describe('exec', () => {
  it("ends with the child's own exit code", async () => {
    for (const code of [0, 1, 7, 255]) {
      expect((await me.gonative('exec', '--', 'sh', '-c', `exit ${code}`)).code).toBe(code)
    }
  })

  it("ends with 128 and the signal's number when a signal ended the child", async () => {
    expect((await me.gonative('exec', '--', 'sh', '-c', 'kill -9 $$')).code).toBe(137)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('passes %s on to the child', async (signal) => {
    const name = signal.slice(3)
    const script = `trap 'echo got ${name}; exit 42' ${name}; echo ready; while :; do sleep 0.1; done`
    const { child, done } = me.start('exec', '--', 'sh', '-c', script)
    await new Promise<void>((resolve) =>
      child.stdout?.on('data', (text: string) => text.includes('ready') && resolve()),
    )
    child.kill(signal)
    expect(await done).toMatchObject({ code: 42, stdout: `ready\ngot ${name}\n` })
  })

  it('hands arguments on as they are', async () => {
    const args = ['a b', `it's`, '"q"', '$HOME', '', '*', '--json', '-x', 'é\n2']
    const ran = await me.gonative('exec', '--', 'sh', '-c', 'printf "<%s>" "$@"', 'sh', ...args)
    expect(ran.stdout).toBe(args.map((arg) => `<${arg}>`).join(''))
  })

  it('fixes the version for everything below, whatever the directory says', async () => {
    await writeFile(join(me.cwd, '.go-version'), '1.97\n')
    expect((await me.gonative('exec', '--', 'go', 'version')).stdout).toContain('go1.97.1')
    expect((await me.gonative('exec', '--go', '1.98', '--', 'sh', '-c', 'go version')).stdout).toContain('go1.98.1')
  })

  it('sets GOOS and GOARCH for --target, and never GOROOT, GOPATH, GOBIN, GOTOOLCHAIN or GOFLAGS', async () => {
    const ran = await me.gonative('exec', '--target', 'linux/arm/v7', '--', 'go', 'env')
    expect(ran.stdout).toMatch(/^GOOS=linux$/m)
    expect(ran.stdout).toMatch(/^GOARCH=arm$/m)
    expect(ran.stdout).toMatch(/^GOARM=7$/m)
    expect(ran.stdout).not.toMatch(/^(GOROOT|GOPATH|GOBIN|GOTOOLCHAIN)=/m)
    expect(ran.stdout).not.toMatch(/^GOFLAGS=./m)
  })

  it('says what is missing: a program, or the command to run', async () => {
    const missing = await me.gonative('exec', '--', 'no-such-program')
    expect(missing).toMatchObject({ code: 5, stderr: 'gonative: no-such-program: no such program on PATH\n' })
    expect((await me.gonative('exec')).code).toBe(2)
  })
})

describe('current', () => {
  it('says why', async () => {
    await writeFile(join(me.cwd, '.go-version'), '1.97\n')
    const pinned = `go 1.97.1: the newest installed 1.97, set by ${join(me.cwd, '.go-version')}:1\n`
    expect((await me.gonative('current')).stdout).toBe(pinned)
    const forced = await user(join(me.home, '..'), { ...me.env, GONATIVE_GO: '1.98.1' })
    expect((await forced.gonative('current')).stdout).toBe('go 1.98.1: set by GONATIVE_GO\n')
    await writeFile(join(me.cwd, '.go-version'), '')
    expect((await me.gonative('current')).stdout).toBe('go 1.98.1: the default, set by gonative use\n')
    await writeFile(join(me.cwd, 'go.mod'), 'module m\n\ngo 1.97.0\n')
    const satisfied = `go 1.98.1: the default; ${join(me.cwd, 'go.mod')}:3 asks for at least 1.97.0\n`
    expect((await me.gonative('current')).stdout).toBe(satisfied)
    await writeFile(join(me.cwd, 'go.mod'), 'module m\n\ngo 1.99.0\n')
    const ran = await me.gonative('current')
    expect(ran.code).toBe(5)
    expect(ran.stderr).toContain(`go 1.99.0 is not installed (asked for by ${join(me.cwd, 'go.mod')}:3)`)
    expect(ran.stderr).toContain('gonative install 1.99.0')
  })
})
