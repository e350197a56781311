import { expect, test } from 'vitest'
import { formatEnv, parseEnv } from '../../../src/launch/env-files.js'

test('any value of one line is read back as it was written', () => {
  const env = { CC: `a 'b' "c" $d \\ = # ü`, CGO_ENABLED: '1', EMPTY: '' }
  expect(parseEnv(formatEnv(env))).toEqual(env)
})

test.each([
  ['GOFLAGS', '-x'],
  ['GOPATH', '/x'],
  ['GOBIN', '/x'],
  ['GOTOOLCHAIN', 'auto'],
  ['PATH', '/x'],
  ['cc', 'x'],
  ['A B', 'x'],
  ['A;B', 'x'],
  ['', 'x'],
  ['CC', 'a\nGOFLAGS=-x'],
  ['CC', 'a\0b'],
])('%s=%j is refused', (name, value) => {
  expect(() => formatEnv({ [name]: value })).toThrow(expect.objectContaining({ code: 'BAD_ENV' }) as Error)
})

test('lines that are not variables are ignored, and the last one of a name counts', () => {
  expect(parseEnv('# x\n\nCC=a\nlower=x\nCC=b=c\nGOOS')).toEqual({ CC: 'b=c' })
})
