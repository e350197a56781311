import { describe, expect, it } from 'vitest'
import { formatManifest } from '../../../src/store/manifest.js'
import { checkFiles, parseBundle, type Bundle } from '../../../src/warm/bundle.js'

const sha256 = 'a'.repeat(64)
const file = { path: 'compiler/x/h/1.txt', sha256, size: 3, mode: 0o644 }
const { text, sha256: files } = formatManifest([file])
const bundle: Bundle = { schema: 1, host: { os: 'linux', arch: 'amd64' }, go: '1.27.4', grafts: [], files }
const own = [
  { path: 'gonative-graft.json', sha256: 'b' },
  { path: 'files', sha256: 'c' },
]

describe('an exported archive', () => {
  it('is what its list says', () => {
    expect(checkFiles(bundle, text, [...own, file], 'x.tar.gz')).toEqual([file])
  })

  it.each([
    ['a changed file', text, [...own, { ...file, sha256: 'd'.repeat(64) }], 'compiler/x/h/1.txt'],
    ['a missing file', text, own, 'compiler/x/h/1.txt'],
    ['one file more', text, [...own, file, { path: 'go/y', sha256 }], 'go/y is not in its list'],
    ['a changed list', text.replace('aaa', 'bbb'), [...own, file], 'files'],
  ])('with %s is refused', (_, manifest, found, what) => {
    expect(() => checkFiles(bundle, manifest, found, 'x.tar.gz')).toThrow(`x.tar.gz is damaged: ${what}`)
  })

  it.each(['', '{', '{"schema":2}', '{"schema":1,"go":5,"grafts":[],"host":{}}', '[]', 'null'])(
    'is not made of %j',
    (json) => {
      expect(() => parseBundle(json, 'x.tar.gz')).toThrow('x.tar.gz holds no exported grafts')
    },
  )
})
