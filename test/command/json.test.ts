import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { user, type User } from '../support/cli.js'
import { suiteDirectory } from '../support/suite.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'

let proxy: GoProxy
let me: User
beforeAll(async () => {
  proxy = await serveGo()
  proxy.publish('1.98.1')
  proxy.publish('1.98.2')
  me = await user(directory, proxy.env)
  await me.gonative('install', '1.98.1', '--bare')
})
afterAll(() => proxy.close())
const directory = suiteDirectory()

const succeeding = [
  ['install', '1.98.1', '--bare'],
  ['list'],
  ['list-remote'],
  ['use', '1.98.1'],
  ['current'],
  ['which', 'go'],
  ['exec', '--', 'go', 'version'],
  ['env'],
  ['targets'],
  ['verify'],
  ['setup', '--dry-run', '--shell', 'bash'],
  ['plugins'],
  ['plugins', 'reset'],
  ['inspect', process.execPath],
]

const failing: [exit: number, code: string, ...command: string[]][] = [
  [5, 'NOT_FOUND', 'install', '9.99', '--bare'],
  [2, 'BAD_VERSION', 'install', 'nonsense'],
  [2, 'USAGE', 'install'],
  [2, 'USAGE', 'install', '--nope'],
  [2, 'SOURCE_UNKNOWN', 'install', '1.98.2', '--bare', '--source', 'nope'],
  [5, 'NOT_INSTALLED', 'uninstall', '1.98.3'],
  [2, 'USAGE', 'list', 'x'],
  [2, 'SOURCE_UNKNOWN', 'list-remote', '--source', 'nope'],
  [5, 'NOT_INSTALLED', 'use', '1.97'],
  [2, 'USAGE', 'current', 'x'],
  [5, 'NO_SUCH_PROGRAM', 'which', 'vim'],
  [5, 'COMMAND_NOT_FOUND', 'exec', '--', 'no-such-program'],
  [2, 'USAGE', 'env', '--shell', 'tcsh'],
  [5, 'NOT_INSTALLED', 'graft', 'linux/arm64', '--go', '1.97'],
  [2, 'TARGET_UNKNOWN', 'graft', 'linux/aarch64'],
  [5, 'NOT_INSTALLED', 'targets', '--go', '1.97'],
  [5, 'NOT_INSTALLED', 'verify', '1.97'],
  [2, 'SHELL_UNKNOWN', 'setup'],
  [2, 'USAGE', 'inspect'],
  [5, 'FILE_NOT_FOUND', 'inspect', '/no/such/file'],
  [1, 'FORMAT_UNSUPPORTED', 'inspect', fileURLToPath(import.meta.url)],
  [2, 'USAGE', 'plugins', 'link', '/no/such/directory'],
  [2, 'UNKNOWN_COMMAND', 'frobnicate'],
]

/** `--json` at the end, but before what belongs to a child. */
function withJson(command: readonly string[]): string[] {
  const at = command.indexOf('--')
  return at === -1 ? [...command, '--json'] : command.toSpliced(at, 0, '--json')
}

describe('--json is one document on standard output', () => {
  it.each(succeeding.map((command) => [command.join(' '), command] as const))('of %s', async (_, command) => {
    const ran = await me.gonative(...withJson(command))
    expect(ran.code).toBe(0)
    expect(JSON.parse(ran.stdout)).toBeTypeOf('object')
  })

  it('of install and uninstall of another version', async () => {
    const installed = await me.gonative('install', '1.98.2', '--bare', '--json')
    expect(JSON.parse(installed.stdout)).toMatchObject([{ version: '1.98.2', grafts: [] }])
    const gone = await me.gonative('uninstall', '1.98.2', '--json')
    expect(JSON.parse(gone.stdout)).toEqual([{ version: '1.98.2', collected: [] }])
  })

  it.each(failing)('and exit %i with code %s, as of %s', async (exit, code, ...command) => {
    const ran = await me.gonative(...withJson(command))
    expect(ran.code).toBe(exit)
    const { error } = JSON.parse(ran.stdout) as { error: { code: string; message: string } }
    expect(error.code).toBe(code)
    expect(error.message).not.toBe('')
  })

  it('and the shapes that others rely on hold', async () => {
    const rows = JSON.parse((await me.gonative('list', '--json')).stdout) as { version: string }[]
    expect(rows.find(({ version }) => version === '1.98.1')).toMatchObject({
      tool: 'go',
      version: '1.98.1',
      path: join(me.home, 'toolchains/go1.98.1'),
      verified: [{ by: 'sumdb', evidence: expect.stringContaining('h1:') as string }],
      default: true,
      grafts: [],
    })
    const [target] = JSON.parse((await me.gonative('targets', '--json')).stdout) as object[]
    expect(Object.keys(target ?? {})).toEqual(
      expect.arrayContaining(['target', 'cgo', 'strategy', 'grafted', 'reason']),
    )
  })
})
