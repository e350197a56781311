import { describe, expect, test } from 'vitest'
import { parseDatabase } from '../../../plugins/verify-sumdb/src/database.js'
import { hash1 } from '../../../plugins/verify-sumdb/src/hash1.js'
import { matchesPrefixPatterns } from '../../../plugins/verify-sumdb/src/patterns.js'

describe('the h1 hash', () => {
  // Computed with Go's own dirhash.HashDir over three files whose names sort one way by bytes and another in UTF-16.
  const files = [
    { name: 'm@v1/\u{1F600}', sha256: '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881' },
    { name: 'm@v1/\uFF5E', sha256: 'a1fce4363854ff888cff4b8e7875d600c2682390412a8cf79b37d0b11148b0fa' },
    { name: 'm@v1/abc.txt', sha256: 'c807b6b431cbbfff4dcc032527d0e106e7f76e6aa20b3cab70fa00154144f351' },
  ]
  const h1 = 'h1:IrqEaK8/vr4ogPAzCLb3wlS+953tZcgzHbo3jwy0OVY='

  test("is Go's, whatever order the files come in", () => {
    expect(hash1(files)).toBe(h1)
    expect(hash1(files.toReversed())).toBe(h1)
  })

  test('refuses a name with a newline, which could pass for two files', () => {
    expect(() => hash1([{ name: 'a\nb', sha256: '' }])).toThrow('newline')
  })
})

describe('GOSUMDB', () => {
  test.each([
    ['sum.golang.org', { name: 'sum.golang.org', key: { text: 'sum.golang.org' } }],
    [
      'sum.golang.google.cn',
      { name: 'sum.golang.org', key: { text: 'sum.golang.org' }, url: 'https://sum.golang.google.cn' },
    ],
    ['sum.corp+0a0b0c0d+AQ+/=', { name: 'sum.corp', key: { text: 'sum.corp+0a0b0c0d+AQ+/=' } }],
    [
      'sum.corp/go+0a0b0c0d+AQ== http://proxy.corp/sum/',
      { name: 'sum.corp/go', key: { text: 'sum.corp/go+0a0b0c0d+AQ==' }, url: 'http://proxy.corp/sum' },
    ],
  ])('%s is understood', (text, database) => {
    expect(parseDatabase(text)).toEqual(database)
  })
})

describe('the patterns of GONOSUMDB', () => {
  // Rows of golang.org/x/mod/module's own test, TestMatchPrefixPatterns, and some of path.Match's.
  test.each([
    ['*/quote', 'rsc.io/quote', true],
    ['*/quote', 'other.io/quote/v3', true],
    ['*/quote', 'rsc.io/sampler', false],
    ['*/*', 'rsc.io', false],
    ['', 'rsc.io/quote', false],
    [',,rsc.io/', 'rsc.io/quote', true],
    ['golang.org/toolchain', 'golang.org/toolchain', true],
    ['golang.org', 'golang.org/toolchain', true],
    ['golang.org/tool', 'golang.org/toolchain', false],
    ['golang.org/toolchain/x', 'golang.org/toolchain', false],
    ['*.org', 'golang.org/toolchain', true],
    ['g?lang.[m-q]rg', 'golang.org/toolchain', true],
    ['g?lang.[^m-q]rg', 'golang.org/toolchain', false],
    ['golangxorg', 'golang.org/toolchain', false],
    ['g*', 'golang.org/toolchain', true],
    ['\\golang.org', 'golang.org/toolchain', true],
    ['golang.[org', 'golang.org/toolchain', false],
    ['(golang|x).org', 'golang.org/toolchain', false],
  ])('%j on %s: %s', (patterns, path, expected) => {
    expect(matchesPrefixPatterns(patterns, path)).toBe(expected)
  })
})
