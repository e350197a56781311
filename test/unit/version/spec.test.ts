import { describe, expect, test } from 'vitest'
import { candidates, nearest, orderVersions, parseSpec, select } from '../../../src/version/spec.js'

const released = [
  '1.20',
  '1.20.14',
  '1.21rc2',
  '1.21.0',
  '1.22.12',
  '1.9',
  '1.9.7',
  '1.10.8',
  '1.27.4',
  '1.27.3',
  '1.28rc1',
]

describe('what a user asks for', () => {
  test.each([
    ['latest', { kind: 'latest', text: 'latest' }],
    ['stable', { kind: 'latest', text: 'latest' }],
    ['go.mod', { kind: 'project', text: 'go.mod' }],
    ['1.27', { kind: 'line', text: '1.27', line: '1.27' }],
    ['go1.20', { kind: 'line', text: '1.20', line: '1.20' }],
    ['1.27.4', { kind: 'exact', text: '1.27.4', version: '1.27.4' }],
    ['go1.22rc1', { kind: 'exact', text: '1.22rc1', version: '1.22rc1' }],
    ['1.20.0', { kind: 'exact', text: '1.20.0', version: '1.20' }],
    ['1.0.0', { kind: 'exact', text: '1.0.0', version: '1' }],
  ])('%s', (text, spec) => {
    expect(parseSpec(text)).toEqual(spec)
    expect(parseSpec(parseSpec(text).text)).toEqual(spec)
  })
  test.each(['', '1', 'go', '../1.2', '/opt/go', '--force', '-1.2', '1.2;id', '$(id)', '1.2 1.3', 'tip', 'go.work'])(
    '%j is refused as wrong usage',
    (text) => {
      expect(() => parseSpec(text)).toThrow(expect.objectContaining({ code: 'BAD_VERSION', exit: 2 }) as Error)
    },
  )
})

describe('the version that is meant', () => {
  test.each([
    ['latest', '1.27.4'],
    ['1.27', '1.27.4'],
    ['1.20', '1.20.14'],
    ['1.20.0', '1.20'],
    ['1.21', '1.21.0'],
    ['1.21rc2', '1.21rc2'],
    ['1.28', '1.28rc1'],
    ['1.9', '1.9.7'],
    ['1.27.9', undefined],
    ['1.2', undefined],
    ['go.mod', undefined],
  ])('%s is %s', (text, version) => {
    expect(select(parseSpec(text), released)).toBe(version)
  })
  test('further candidates follow, release candidates last', () => {
    expect(candidates(parseSpec('1.21'), ['1.21rc2', '1.21.0', '1.21rc10', '1.21.3'])).toEqual([
      ...['1.21.3', '1.21.0', '1.21rc10', '1.21rc2'],
    ])
  })
})

describe('the nearest to one that does not exist', () => {
  test.each([
    ['9.99', ['1.21.0', '1.22.12', '1.27.4']],
    ['9.99.1', ['1.21.0', '1.22.12', '1.27.4']],
    ['1.27.9', ['1.27.3', '1.27.4']],
    ['1.2', ['1.9.7', '1.10.8', '1.20.14']],
    ['1.23', ['1.21.0', '1.22.12', '1.27.4']],
    ['1.20.7', ['1.20', '1.20.14']],
  ])('%s', (text, versions) => {
    expect(nearest(parseSpec(text), released)).toEqual(versions)
  })
  test('none of none', () => {
    expect(nearest(parseSpec('1.2'), [])).toEqual([])
  })
})

test("versions are ordered by their tool's rules", () => {
  expect(orderVersions('go', ['1.10', '1.9.7', '1.21.0', '1.21rc2', 'tip', '1.9.7'])).toEqual([
    ...['1.9.7', '1.10', '1.21rc2', '1.21.0'],
  ])
  expect(orderVersions('zig', ['0.17.0', '0.9.1', '0.17.0-dev.2+abc', '0.10.0', 'x'])).toEqual([
    ...['0.9.1', '0.10.0', '0.17.0-dev.2+abc', '0.17.0'],
  ])
})
