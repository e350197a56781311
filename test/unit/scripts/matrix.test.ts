import { describe, expect, it } from 'vitest'
import { wrongIn, type Read, type Row } from '../../../scripts/matrix/check.mjs'
import { rowsOf } from '../../../scripts/matrix/rows.mjs'

const gnu: Row = { goos: 'linux', goarch: 'arm', variant: 'v7', libc: 'gnu', floor: '2.17' }
const good: Read = {
  format: 'elf',
  kind: 'executable',
  bits: 32,
  endian: 'little',
  machine: 'arm',
  abi: { float: 'hard' },
  os: 'linux',
  arch: 'arm',
  linkage: 'dynamic',
  interpreter: '/lib/ld-linux-armhf.so.3',
  libraries: ['libc.so.6', 'libpthread.so.0', 'ld-linux-armhf.so.3'],
  delayedLibraries: [],
  glibc: '2.17',
  go: { version: 'go1.27.4', settings: { GOOS: 'linux', GOARCH: 'arm', GOARM: '7' } },
  cgo: { linked: true },
}
const wrong = (file: Partial<Read>, row = gnu, program = {}): string[] =>
  wrongIn({ ...good, ...file }, row, program, '1.27.4')

describe('what the matrix reads from a file', () => {
  it('a good one has nothing wrong', () => {
    expect(wrong({})).toEqual([])
    expect(wrong({ kind: 'shared', interpreter: null }, gnu, { shared: true })).toEqual([])
  })

  it.each<[Partial<Read>, RegExp]>([
    [{ machine: 'aarch64', bits: 64 }, /^machine is aarch64, not arm/],
    [{ endian: 'big' }, /^byte order is big/],
    [{ abi: { float: 'soft' } }, /^float ABI is soft, not hard$/],
    [{ kind: 'object' }, /^kind is object, not executable or pie$/],
    [{ os: 'freebsd' }, /^system is freebsd/],
    [{ cgo: { linked: false } }, /^cgo is false/],
    [{ go: null }, /^Go is undefined, not go1\.27\.4$/],
    [{ glibc: '2.34' }, /^needs glibc 2\.34, over 2\.17$/],
    [{ glibc: '2.17.1' }, /^needs glibc 2\.17\.1/],
    [{ libraries: ['libc.so.6', 'libstdc++.so.6'] }, /^needs libstdc\+\+\.so\.6$/],
    [{ libraries: ['libc.musl-armhf.so.1'] }, /^does not need glibc$/],
    [{ interpreter: null }, /^has no interpreter$/],
  ])('%j is not what linux/arm/v7 with glibc 2.17 wants', (file, message) => {
    expect(wrong(file)).toEqual(expect.arrayContaining([expect.stringMatching(message)]))
  })

  it('musl is static, and asks for nothing', () => {
    const musl = { ...gnu, libc: 'musl' }
    expect(wrong({ linkage: 'static', interpreter: null, libraries: [], glibc: null }, musl)).toEqual([])
    expect(wrong({ glibc: null }, musl)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^is dynamic/), expect.stringMatching(/^has the interpreter/)]),
    )
  })

  it('the variant that was asked for is the one that was built', () => {
    const go = { version: 'go1.27.4', settings: { GOOS: 'linux', GOARCH: 'arm', GOARM: '6' } }
    expect(wrong({ go })).toEqual(['GOARM is 6, not 7'])
  })

  it('only what a Windows has may be needed', () => {
    const row = { goos: 'windows', goarch: '386' }
    const file = {
      ...good,
      format: 'pe',
      machine: 'i386',
      os: 'windows',
      arch: '386',
      interpreter: null,
      glibc: null,
      go: { version: 'go1.27.4', settings: { GOOS: 'windows', GOARCH: '386' } },
    }
    expect(wrong({ ...file, libraries: ['KERNEL32.dll', 'api-ms-win-crt-stdio-l1-1-0.dll'] }, row)).toEqual([])
    expect(wrong({ ...file, libraries: ['libgcc_s_dw2-1.dll'] }, row)).toEqual(['needs libgcc_s_dw2-1.dll'])
  })
})

describe('the rows of the matrix', () => {
  const targets = [
    { target: 'linux/arm', grafted: true },
    { target: 'linux/amd64/v2', grafted: true },
    { target: 'windows/amd64', grafted: true },
    { target: 'aix/ppc64', grafted: false },
  ]

  it('are every grafted target, with each C library and variant that it has', () => {
    expect(rowsOf(targets).map(({ name }) => name)).toEqual([
      ...['v5', 'v6', 'v7'].map((variant) => `linux/arm/${variant} gnu`),
      ...['v5', 'v6', 'v7'].map((variant) => `linux/arm/${variant} musl`),
      ...['v1', 'v2', 'v3'].map((variant) => `linux/amd64/${variant} gnu`),
      ...['v1', 'v2', 'v3'].map((variant) => `linux/amd64/${variant} musl`),
      'windows/amd64',
    ])
  })

  it('can be some of them, by platform or by variant', () => {
    expect(rowsOf(targets, ['linux/arm/v7', 'windows/amd64']).map(({ name }) => name)).toEqual([
      'linux/arm/v7 gnu',
      'linux/arm/v7 musl',
      'windows/amd64',
    ])
  })
})
