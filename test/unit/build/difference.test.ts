import { describe, expect, test } from 'vitest'
import { asInModule, firstDifference, isMade, type HashedFile } from '../../../src/build/rebuild/difference.js'

const files = (...pairs: [string, string][]): HashedFile[] => pairs.map(([path, sha256]) => ({ path, sha256 }))
const published = files(['bin/go', '1'], ['pkg/tool/linux_arm64/asm', '2'], ['src/a.go', '3'], ['src/b.go', '4'])

const without = (path: string): HashedFile[] => published.filter((file) => file.path !== path)
const changed = (...paths: string[]): HashedFile[] =>
  published.map((file) => (paths.includes(file.path) ? { ...file, sha256: 'other' } : file))

describe('the first difference of two trees', () => {
  test('is none when they have the same files, in whatever order', async () => {
    expect(await firstDifference(published, published.toReversed())).toBeUndefined()
  })

  test('is a source before any program that was compiled from it', async () => {
    const found = changed('bin/go', 'pkg/tool/linux_arm64/asm', 'src/b.go')
    expect(await firstDifference(published, found)).toEqual({ path: 'src/b.go', what: 'changed' })
  })

  test('is a program when only programs differ', async () => {
    expect(await firstDifference(published, changed('bin/go'))).toEqual({ path: 'bin/go', what: 'changed' })
  })

  test('is what is missing, or was added', async () => {
    expect(await firstDifference(published, without('src/a.go'))).toEqual({ path: 'src/a.go', what: 'missing' })
    expect(await firstDifference(without('src/b.go'), published)).toEqual({ path: 'src/b.go', what: 'added' })
  })

  test('is not what counts as the same all the same', async () => {
    const found = changed('bin/go', 'pkg/tool/linux_arm64/asm')
    const first = await firstDifference(published, found, async (path) => path === 'bin/go')
    expect(first).toEqual({ path: 'pkg/tool/linux_arm64/asm', what: 'changed' })
  })
})

test('what cmd/dist generates counts as made, and so do bin and pkg', () => {
  const made = ['bin/go', 'pkg/include/textflag.h', 'src/internal/buildcfg/zbootstrap.go']
  expect([...made, 'src/fmt/print.go', 'VERSION', 'src/time/zoneinfo.go'].filter(isMade)).toEqual(made)
})

test('what a toolchain module leaves out is not compared', () => {
  const kept = ['src/a.go', 'lib/time/zoneinfo.zip', 'src/test/a.go']
  const all = files(...['test/a.go', 'api/go1.txt', ...kept].map((path): [string, string] => [path, '']))
  expect(asInModule(all).map(({ path }) => path)).toEqual(kept)
})
