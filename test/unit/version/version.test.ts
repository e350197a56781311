import { describe, expect, test } from 'vitest'
import { compareVersions, formatVersion, lineOf, parseVersion } from '../../../src/version/version.js'

function order(a: string, b: string): number {
  const [x, y] = [parseVersion(a), parseVersion(b)]
  if (!x || !y) throw new Error(`${a} or ${b} is not a version`)
  return Math.sign(compareVersions(x, y))
}

describe("Go's order of versions", () => {
  // In the order of Go's own internal/gover tests.
  test.each([
    ['1', '1.0.1'],
    ['1.2', '1.2.1'],
    ['1.9', '1.10'],
    ['1.19', '1.20'],
    ['1.20rc1', '1.20'],
    ['1.20', '1.20.1'],
    ['1.20.14', '1.21'],
    ['1.21', '1.21rc1'],
    ['1.21alpha9', '1.21beta1'],
    ['1.21beta2', '1.21rc1'],
    ['1.21rc2', '1.21rc10'],
    ['1.21rc2', '1.21.0'],
    ['1.21.0', '1.21.1'],
    ['1.21.9', '1.21.10'],
    ['1.21.10', '1.22'],
    ['1.99.9', '2.0'],
  ])('%s is before %s', (a, b) => {
    expect([order(a, b), order(b, a), order(a, a)]).toEqual([-1, 1, 0])
  })
  test('1.20 and 1.20.0 are the same release, 1.21 and 1.21.0 are not', () => {
    expect([order('1.20', '1.20.0'), order('1.21', '1.21.0')]).toEqual([0, -1])
  })
})

test.each([
  ['go1.27.4', '1.27.4', '1.27'],
  ['1.22rc1', '1.22rc1', '1.22'],
  ['1.20.0', '1.20', '1.20'],
  ['1.21.0', '1.21.0', '1.21'],
  ['1.21', '1.21', '1.21'],
  ['1.0.0', '1', '1.0'],
  ['go1', '1', '1.0'],
])('%s is published as %s, of line %s', (text, name, line) => {
  const version = parseVersion(text)
  expect(version && [formatVersion(version), lineOf(version)]).toEqual([name, line])
})

test.each([
  '',
  'go',
  'v1.2',
  '1.',
  '.1',
  '01.2',
  '1.02',
  '1.2.03',
  '1.2.3.4',
  '1.2.3rc1',
  '1.2rc',
  '1.2gamma1',
  '1.2-rc1',
])('%j is not a version', (text) => {
  expect(parseVersion(text)).toBeUndefined()
})
test.each([' 1.2', '1.2\n', '1.2\0', 'go go1.2', '1.99999', '../1.2', '1.2/..', '１.２', '1.2;id', '-1.2', '1.2.-3'])(
  '%j is not a version either',
  (text) => {
    expect(parseVersion(text)).toBeUndefined()
  },
)
