import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { user, type User } from '../support/cli.js'
import { temporaryDirectory } from '../support/context.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'
import { suiteDirectory } from '../support/suite.js'

let proxy: GoProxy
const directory = suiteDirectory()
let me: User
let project: string
beforeAll(async () => {
  proxy = await serveGo()
  proxy.publish('1.98.1')
  proxy.publish('1.97.5')
  me = await user(join(directory, `it's a "store" & $HOME ü`), proxy.env)
  expect((await me.gonative('install', '1.98.1', '1.97.5', '--bare')).code).toBe(0)
  project = join(me.cwd, 'a project')
  await mkdir(project)
  await writeFile(join(project, '.go-version'), '1.97.5\n')
})
afterAll(() => proxy.close())

describe('env', () => {
  it('--json says what an editor needs, and sets no GOROOT', async () => {
    const env = JSON.parse((await me.gonative('env', '--json')).stdout) as { variables: { PATH: string } }
    const goroot = join(me.home, 'toolchains', 'go1.98.1')
    const shims = join(me.home, 'shims')
    expect(env).toMatchObject({ home: me.home, shims, version: '1.98.1', goroot, go: join(goroot, 'bin', 'go') })
    expect(Object.keys(env.variables)).toEqual(['PATH'])
    expect(env.variables.PATH.split(delimiter)[0]).toBe(shims)
    const itself = JSON.parse((await me.gonative('env', '--use-on-cd', '--json')).stdout) as typeof env
    expect(itself.variables.PATH.split(delimiter)[0]).toBe(join(goroot, 'bin'))
  })

  it('--json is null, not a failure, where no version is in force or installed', async () => {
    const other = await user(join(await temporaryDirectory(), 'new'), proxy.env)
    const env = JSON.parse((await other.gonative('env', '--json')).stdout) as unknown
    expect(env).toMatchObject({ home: other.home, version: null, goroot: null, go: null })
  })

  it('prints what is evaluated also where a file does not hold a version', async () => {
    await writeFile(join(me.cwd, '.go-version'), '$(touch bad)\n')
    expect(await me.gonative('env')).toMatchObject({ code: 0, stderr: '' })
    await writeFile(join(me.cwd, '.go-version'), '')
  })

  it('--use-on-cd has the Go itself on PATH, and follows cd, use and install', async () => {
    const text = `eval "$(node "$ENTRY" env --shell bash --use-on-cd)"
go version; command -v go
cd 'a project'
go version
cd ..
node "$ENTRY" use 1.97.5
go version
exit
`
    const entry = join(import.meta.dirname, '../../bin/run.js')
    await writeFile(join(me.cwd, 'script'), text)
    const ran = await me.run('bash', ['-c', 'exec bash --norc -i <script'], { ENTRY: entry, PATH: me.env.PATH ?? '' })
    expect(ran.stdout.match(/go1\.\d+\.\d+ /g)).toEqual(['go1.98.1 ', 'go1.97.5 ', 'go1.97.5 '])
    expect(ran.stdout).toContain(join(me.home, 'toolchains', 'go1.98.1', 'bin', 'go'))
  })
})
