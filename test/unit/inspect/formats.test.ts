import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectFile } from '../../../src/inspect/inspect.js'
import { inspected, refusal } from '../../support/inspected.js'
import { madeElf } from '../../support/made-elf.js'
import {
  madeArchive,
  madeMachO,
  madePe,
  madeUniversal,
  madeWasm,
  member,
  peAt,
  wasmName,
  wasmSection,
} from '../../support/made-files.js'
import { suiteDirectory } from '../../support/suite.js'

const directory = suiteDirectory()
/** With some of its bytes changed. */
const changed = (bytes: Buffer, at: number, by: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + by.length)])
const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

describe('a PE file', () => {
  const sound = madePe(['KERNEL32.dll', 'msvcrt.dll'])

  it('has a machine, DLLs, and the windows that it is for', async () => {
    expect(await inspected(directory, sound)).toMatchObject({
      format: 'pe',
      kind: 'pie',
      bits: 64,
      machine: 'x86-64',
      os: 'windows',
      arch: 'amd64',
      linkage: 'dynamic',
      libraries: ['KERNEL32.dll', 'msvcrt.dll'],
      system: { name: 'Windows', minimum: '6.1' },
      symbols: false,
      signature: 'none',
    })
  })

  it.each([
    [
      'imports at an address that no section has',
      peAt.header + 24 + 120,
      0x999999,
      /import table is said to be at address 0x999999/,
    ],
    ['a section beyond the end', peAt.sections + 16, 0x7fffffff, /section \.idata: 2147483647 bytes are claimed/],
    ['symbols beyond the end', peAt.header + 12, 0x7fffffff, /the symbol table/],
    ['a PE header beyond the end', 0x3c, 0x7fffffff, /leads to no PE header/],
    ['the name of a DLL outside', peAt.data + 12, 0x999999, /the name of a library/],
    ['certificates beyond the end', peAt.header + 24 + 112 + 36, 0x7fffffff, /the certificate table/],
  ])('with %s is refused', async (_, at, value, message) => {
    expect(await refusal(directory, changed(sound, at, number(value)))).toMatchObject({
      code: 'FILE_DAMAGED',
      message: expect.stringMatching(message) as string,
    })
  })
})

describe('a Mach-O file', () => {
  const sound = madeMachO(['/usr/lib/libSystem.B.dylib'])

  it('has a machine, libraries, the macOS that it is for, and its SDK', async () => {
    expect(await inspected(directory, sound)).toMatchObject({
      format: 'mach-o',
      kind: 'pie',
      machine: 'aarch64',
      os: 'darwin',
      arch: 'arm64',
      libraries: ['/usr/lib/libSystem.B.dylib'],
      system: { name: 'macOS', minimum: '11.3', sdk: '14.2.1' },
      signature: 'none',
    })
  })

  it('is signed ad hoc, or with a certificate', async () => {
    const be = (...values: number[]): Buffer => Buffer.concat(values.map(number)).swap32()
    const command = (at: number): Buffer => Buffer.concat([number(0x1d), number(16), number(at), number(60)])
    const at = madeMachO(['/usr/lib/libSystem.B.dylib'], [command(0)]).length
    const file = madeMachO(['/usr/lib/libSystem.B.dylib'], [command(at)])
    const index = [0xfade0cc0, 60, 2, 0, 28, 0x10000, 44]
    const blobs = (flags: number, size: number): Buffer =>
      Buffer.concat([be(...index, 0xfade0c02, 16, 0x20400, flags, 0xfade0b01, size, 0, 0)])
    expect(await inspected(directory, Buffer.concat([file, blobs(2, 8)]))).toMatchObject({ signature: 'ad hoc' })
    expect(await inspected(directory, Buffer.concat([file, blobs(0, 16)]))).toMatchObject({ signature: 'certificate' })
    expect((await refusal(directory, file)).message).toContain('the code signature')
  })

  it.each([
    ['a command without a size', 36, 0, /load command 0 claims 0 bytes/],
    ['more commands than fit', 16, 0x7fffffff, /2147483647 load commands are claimed/],
    ['commands beyond the end', 20, 0xffffff, /the load commands/],
    ["a library's name outside of its command", 40, 0x999, /is too short/],
  ])('with %s is refused', async (_, at, value, message) => {
    expect(await refusal(directory, changed(sound, at, number(value)))).toMatchObject({
      code: 'FILE_DAMAGED',
      message: expect.stringMatching(message) as string,
    })
  })

  it('of several machines has a part for each, and what they have in common', async () => {
    const [arm, intel] = [madeMachO(['a.dylib']), madeMachO(['a.dylib'], [], 0x01000007)]
    const file = madeUniversal([
      { cpu: 0x0100000c, data: arm },
      { cpu: 0x01000007, data: intel },
    ])
    expect(await inspected(directory, file)).toMatchObject({
      ...{ format: 'universal', kind: 'pie', machine: null, os: 'darwin', arch: null },
      parts: [
        { name: 'aarch64', arch: 'arm64', size: arm.length },
        { name: 'x86-64', arch: 'amd64', libraries: ['a.dylib'] },
      ],
    })
  })

  it('of several machines that lie over one another is refused', async () => {
    const file = madeUniversal([
      { cpu: 7, data: madeMachO([]) },
      { cpu: 7, data: madeMachO([]) },
    ])
    const again = changed(file, 8 + 20 + 8, number(256).swap32())
    expect((await refusal(directory, again)).message).toContain('begins before what is before it ends')
  })
})

describe('a WebAssembly file', () => {
  const imports = wasmSection(
    2,
    [2],
    wasmName('gojs'),
    wasmName('f'),
    [0, 0],
    wasmName('env'),
    wasmName('m'),
    [2, 1, 1, 2],
  )

  it('has the modules that it imports from, and is a program when it has a start', async () => {
    const file = madeWasm(imports, wasmSection(7, [1], wasmName('run'), [0, 5]), wasmSection(0, wasmName('name'), [1]))
    expect(await inspected(directory, file)).toMatchObject({
      ...{ format: 'wasm', kind: 'executable', machine: 'wasm', os: 'js', arch: 'wasm' },
      ...{ libraries: ['gojs', 'env'], symbols: true, go: null },
    })
  })

  it.each([
    [
      'a section beyond the end',
      Buffer.from([11, 0xff, 0xff, 0xff, 0xff, 0x0f]),
      /section 11: 4294967295 bytes are claimed/,
    ],
    ['a size without an end', Buffer.from([11, ...Array<number>(10).fill(0x80)]), /more than 64 bits/],
    ['more imports than there are', wasmSection(2, [0xff, 0xff, 0xff, 0xff, 0x0f]), /the imports is too short/],
    ['a section that there is not', Buffer.from([99, 0]), /a section with the id 99/],
  ])('with %s is refused', async (_, section, message) => {
    expect(await refusal(directory, madeWasm(section))).toMatchObject({
      code: 'FILE_DAMAGED',
      message: expect.stringMatching(message) as string,
    })
  })
})

describe('an archive', () => {
  const object = madeElf({ type: 1, machine: 183 })
  const long = 'a-name-of-more-than-sixteen-bytes.o'

  it.each([
    [
      'GNU',
      madeArchive(
        member('/', Buffer.alloc(4)),
        member('//', Buffer.from(`${long}/\n`)),
        member('/0', object),
        member('b.o/', object),
      ),
    ],
    [
      'BSD',
      madeArchive(
        member('__.SYMDEF', Buffer.alloc(4)),
        member(`#1/${long.length + 1}`, Buffer.concat([Buffer.from(`${long}\0`), object])),
        member('b.o', object),
      ),
    ],
    [
      'Microsoft',
      madeArchive(
        member('/', Buffer.alloc(4)),
        member('/', Buffer.alloc(4)),
        member('//', Buffer.from(`${long}\0`)),
        member('/0', object),
        member('b.o/', object),
      ),
    ],
  ])('of %s has its members by their names', async (_, file) => {
    expect(await inspected(directory, file)).toMatchObject({
      ...{ format: 'ar', kind: 'archive', machine: 'aarch64', arch: 'arm64' },
      parts: [
        { name: long, kind: 'object', size: object.length },
        { name: 'b.o', machine: 'aarch64' },
      ],
    })
  })

  it('may hold what is no code, which has no say', async () => {
    const file = madeArchive(member('notes.txt/', Buffer.from('hello')), member('a.o/', object))
    expect(await inspected(directory, file)).toMatchObject({
      machine: 'aarch64',
      parts: [{ name: 'notes.txt', format: 'other' }, { name: 'a.o' }],
    })
  })

  it('of imports says which DLL', async () => {
    const stub = Buffer.concat([
      Buffer.from([0, 0, 0xff, 0xff, 0, 0, 0x64, 0xaa]),
      Buffer.alloc(12),
      Buffer.from('f\0a.dll\0'),
    ])
    expect(await inspected(directory, madeArchive(member('a.dll/', stub)))).toMatchObject({
      ...{ os: 'windows', arch: 'arm64' },
      parts: [{ kind: 'import', libraries: ['a.dll'] }],
    })
  })

  it.each([
    [
      'a member beyond the end',
      madeArchive(member('a.o/', object, 999_999)),
      /the member a.o\/: 999999 bytes are claimed/,
    ],
    ['a size that is none', madeArchive(member('a.o/', object, '-5')), /header of a member is not one/],
    ['a long name outside', madeArchive(member('/77', object)), /long name 77 is not in the archive/],
    ['a name longer than the member', madeArchive(member('#1/99999', object)), /name claims 99999 bytes/],
    [
      'a damaged member, which is named',
      madeArchive(member('bad.o/', object.subarray(0, 40))),
      /\(bad\.o\): the ELF header/,
    ],
  ])('with %s is refused', async (_, file, message) => {
    expect(await refusal(directory, file)).toMatchObject({
      code: 'FILE_DAMAGED',
      message: expect.stringMatching(message) as string,
    })
  })
})

describe('what is not read', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), /it is empty/],
    ['XCOFF', Buffer.from([0x01, 0xf7, 0, 1, 0, 0, 0, 0]), /XCOFF file \(AIX, 64 bits\), which is not supported/],
    ['Plan 9', Buffer.from([0, 0, 0x8a, 0x97, 0, 0, 0, 0]), /Plan 9 executable \(amd64\), which is not supported/],
    ['a script', Buffer.from('#!/bin/sh\n'), /a script/],
    ['a Java class', Buffer.from([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 52]), /a Java class/],
    ['a WebAssembly component', Buffer.from('\0asm\r\0\x01\0', 'latin1'), /a WebAssembly component/],
    ['text', Buffer.from('hello'), /the format is not known/],
  ])('is named: %s', async (_, bytes, message) => {
    expect(await refusal(directory, bytes)).toMatchObject({
      code: 'FORMAT_UNSUPPORTED',
      message: expect.stringMatching(message) as string,
    })
  })

  it('is a directory, or a file that there is not', async () => {
    await mkdir(join(directory, 'd'))
    await expect(inspectFile(join(directory, 'd'))).rejects.toMatchObject({ code: 'NOT_A_FILE' })
    await expect(inspectFile(join(directory, 'none'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND', exit: 5 })
    await writeFile(join(directory, 'f'), '')
    await expect(inspectFile(join(directory, 'f/none'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  })
})
