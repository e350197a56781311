import { describe, expect, it } from 'vitest'
import { inspected, refusal } from '../../support/inspected.js'
import { madeDynamic, madeElf, Words } from '../../support/made-elf.js'
import { suiteDirectory } from '../../support/suite.js'

const directory = suiteDirectory()
const to = new Words(true, true)

describe('what a dynamic ELF file needs', () => {
  it('is its libraries, loader and paths', async () => {
    const file = madeDynamic({ 'libc.so.6': ['GLIBC_2.2.5'] }, [
      [14, 'libown.so.1'],
      [15, '/opt/a:/opt/b'],
      [29, '$ORIGIN/lib'],
    ])
    expect(await inspected(directory, file)).toMatchObject({
      format: 'elf',
      bits: 64,
      endian: 'little',
      machine: 'x86-64',
      os: 'linux',
      arch: 'amd64',
      platformFrom: { os: 'headers', arch: 'headers' },
      linkage: 'dynamic',
      interpreter: '/lib64/ld-linux-x86-64.so.2',
      libraries: ['libc.so.6'],
      soname: 'libown.so.1',
      rpath: ['/opt/a', '/opt/b'],
      runpath: ['$ORIGIN/lib'],
      go: null,
      cgo: null,
      symbols: false,
    })
  })

  it('is the highest version of each family, compared by number', async () => {
    const needs = {
      'libc.so.6': ['GLIBC_2.9', 'GLIBC_2.17', 'GLIBC_2.3.4', 'GLIBC_PRIVATE'],
      'libstdc++.so.6': ['GLIBCXX_3.4.9', 'CXXABI_1.3', 'GLIBCXX_3.4.29'],
      'libm.so.6': ['GLIBC_2.29'],
    }
    expect(await inspected(directory, madeDynamic(needs))).toMatchObject({
      versions: {
        'libc.so.6': ['GLIBC_2.17', 'GLIBC_PRIVATE'],
        'libstdc++.so.6': ['CXXABI_1.3', 'GLIBCXX_3.4.29'],
        'libm.so.6': ['GLIBC_2.29'],
      },
      glibc: '2.29',
    })
  })

  it('is glibc 2.36 for relative relocations, whose version is no number', async () => {
    const file = madeDynamic({ 'libc.so.6': ['GLIBC_2.17', 'GLIBC_ABI_DT_RELR'] })
    expect(await inspected(directory, file)).toMatchObject({ glibc: '2.36' })
  })
})

describe('an ELF file that needs nothing', () => {
  it('is static as a program, and dynamic as a library', async () => {
    expect(await inspected(directory, madeElf({ type: 2 }))).toMatchObject({ kind: 'executable', linkage: 'static' })
    expect(await inspected(directory, madeElf({ type: 3 }))).toMatchObject({ kind: 'shared', linkage: 'dynamic' })
    expect(await inspected(directory, madeElf({ type: 1 }))).toMatchObject({ kind: 'object', linkage: null })
  })
})

describe('the system of an ELF file', () => {
  const note = (owner: string, type: number, ...words: number[]): Buffer =>
    Buffer.concat([to.u32(owner.length + 1, 4 * words.length, type), padded(`${owner}\0`), to.u32(...words)])

  it.each([
    ['linux', 'Linux', '3.2.0', note('GNU', 1, 0, 3, 2, 0)],
    ['freebsd', 'FreeBSD', '14.0', note('FreeBSD', 1, 1_400_097)],
    ['netbsd', 'NetBSD', '10.0', note('NetBSD', 1, 1_000_000_000)],
    ['openbsd', 'OpenBSD', null, note('OpenBSD', 1, 0)],
    ['android', 'Android API', '21', note('Android', 1, 21)],
  ])('is %s by its note', async (os, name, minimum, data) => {
    const file = madeElf({ segments: [{ type: 4, data }] })
    expect(await inspected(directory, file)).toMatchObject({ os, system: { name, minimum, sdk: null } })
  })

  it('is that of its header, and unknown without any mark', async () => {
    expect(await inspected(directory, madeElf({ osAbi: 9 }))).toMatchObject({ os: 'freebsd' })
    expect(await inspected(directory, madeElf({}))).toMatchObject({ os: null, platformFrom: { os: null } })
  })
})

function padded(text: string): Buffer {
  return Buffer.concat([Buffer.from(text), Buffer.alloc((4 - (text.length % 4)) % 4)])
}

describe('an ELF header that lies is refused, with what and where:', () => {
  const sound = madeDynamic({ 'libc.so.6': ['GLIBC_2.17'] })
  const sectionTable = Number(sound.readBigUInt64LE(40))
  const lie = (at: number, bytes: Buffer): Buffer =>
    Buffer.concat([sound.subarray(0, at), bytes, sound.subarray(at + bytes.length)])

  it.each([
    [
      'a section table beyond the end',
      lie(40, to.word(2 ** 40)),
      /section table: 64 bytes are claimed.*offset 0x10000000000\)/,
    ],
    ['a section table at the largest number', lie(40, Buffer.alloc(8, 0xff)), /section table/],
    [
      'segments of another size',
      lie(54, to.u16(57)),
      /segment table has entries of 57 bytes, and not of 56 \(at offset 0x40\)/,
    ],
    ['more sections than there are', lie(60, to.u16(0xfff0)), /section table: 4193280 bytes are claimed/],
    [
      'a count in the first section that overflows',
      lie(60, to.u16(0)).fill(0xff, sectionTable + 32, sectionTable + 40),
      /section table/,
    ],
    ['a segment beyond the end', lie(64 + 32, to.word(2 ** 52)), /segment 0: 4503599627370496 bytes are claimed/],
    ['no names for the sections', lie(62, to.u16(99)), /section with the names is 99/],
    ['a class that there is not', lie(4, Buffer.from([7])), /class is 7/],
    ['a byte order that there is not', lie(5, Buffer.from([0])), /byte order is 0/],
    ['only its first bytes', sound.subarray(0, 20), /the ELF header: 64 bytes are claimed, and it ends at 0x14/],
  ])('%s', async (_, bytes, message) => {
    const refused = await refusal(directory, bytes)
    expect(refused).toMatchObject({ code: 'FILE_DAMAGED', message: expect.stringMatching(message) as string })
    expect(refused.message).toContain(directory)
  })

  it('a string table at an address that nothing has', async () => {
    const dynamic = Number(sound.readBigUInt64LE(64 + 56 + 8))
    const at = dynamic + 16 + 8 // the second entry's value: DT_STRTAB
    expect(await refusal(directory, lie(at, to.word(0x99)))).toMatchObject({
      code: 'FILE_DAMAGED',
      message: expect.stringContaining('address 0x99, which no segment has') as string,
    })
  })
})
