import { expect, test } from 'vitest'
import { hostOf } from '../../../src/io/host.js'
import { run } from '../../../src/io/process.js'

const node = process.execPath

test('output and exit code come back, arguments arrive as they are', async () => {
  const program = 'console.log(process.argv[1], process.env.X); console.error("e"); process.exitCode = 3'
  const result = await run(node, ['-e', program, '$HOME "it\'s"'], { env: { X: 'y' } })
  expect(result).toEqual({ code: 3, stdout: '$HOME "it\'s" y\n', stderr: 'e\n' })
})

test('a program that is not there is code -1, not an exception', async () => {
  const result = await run('no-such-program', [], { env: { PATH: '/nowhere' } })
  expect(result.code).toBe(-1)
  expect(result.stderr).toContain('ENOENT')
})

test('a program that takes too long is killed', async () => {
  const result = await run(node, ['-e', 'setTimeout(() => {}, 60000)'], { env: {}, time: 300 })
  expect(result.code).toBe(-1)
  expect(result.stderr).toContain('did not finish in 0.3 s')
})

test('hosts have their names in Go', () => {
  const names = (platform: string, arch: string): string => Object.values(hostOf(platform, arch)).join('/')
  expect(names('linux', 'x64')).toBe('linux/amd64')
  expect(names('win32', 'ia32')).toBe('windows/386')
  expect(names('darwin', 'arm64')).toBe('darwin/arm64')
  expect(names('linux', 'ppc64')).toBe('linux/ppc64le')
  expect(names('aix', 'ppc64')).toBe('aix/ppc64')
  expect(names('sunos', 'x64')).toBe('solaris/amd64')
  expect(names('linux', 'loong64')).toBe('linux/loong64')
})
