import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectFile } from '../../../src/inspect/inspect.js'
import { damage } from '../../support/damage.js'
import { madeDynamic, madeElf } from '../../support/made-elf.js'
import {
  madeArchive,
  madeMachO,
  madePe,
  madeUniversal,
  madeWasm,
  member,
  wasmName,
  wasmSection,
} from '../../support/made-files.js'
import { suiteDirectory } from '../../support/suite.js'

const directory = suiteDirectory()
const object = madeElf({
  type: 1,
  machine: 40,
  wide: false,
  sections: [{ name: '.text', type: 1, data: Buffer.alloc(64) }],
})

const files: [string, Buffer][] = [
  ['an ELF program', madeDynamic({ 'libc.so.6': ['GLIBC_2.17', 'GLIBC_2.3'], 'libm.so.6': ['GLIBC_2.29'] })],
  ['a PE program', madePe(['KERNEL32.dll', 'msvcrt.dll'])],
  ['a Mach-O program', madeMachO(['/usr/lib/libSystem.B.dylib', '/usr/lib/libresolv.9.dylib'])],
  [
    'a universal file',
    madeUniversal([
      { cpu: 7, data: madeMachO(['a']) },
      { cpu: 0x0100000c, data: madeMachO(['b']) },
    ]),
  ],
  [
    'a WebAssembly file',
    madeWasm(wasmSection(2, [1], wasmName('env'), wasmName('f'), [0, 0]), wasmSection(0, wasmName('name'), [1])),
  ],
  [
    'an archive',
    madeArchive(
      member('//', Buffer.from('a-very-long-member-name.o/\n')),
      member('/0', object),
      member('b.o/', object),
    ),
  ],
]

describe('damaged anywhere, it is read or refused, and nothing else:', () => {
  it.each(files)('%s', async (name, bytes) => {
    const path = join(directory, name)
    await writeFile(path, bytes)
    await inspectFile(path)
    const outcome = await damage(path, 300, () => inspectFile(path))
    expect(outcome.refused).toBeGreaterThan(30)
  })
})

describe('a large file', () => {
  it('of 300 MB is read a piece at a time', async () => {
    // A symbol table's names, which are searched from end to end: a hole on the disk.
    const bytes = 300e6
    const sound = madeElf({ sections: [{ name: '.strtab', type: 3, data: Buffer.alloc(0) }] })
    const header = Number(sound.readBigUInt64LE(40)) + 64
    sound.writeBigUInt64LE(BigInt(sound.length), header + 24)
    sound.writeBigUInt64LE(BigInt(bytes), header + 32)
    const path = join(directory, 'large')
    const handle = await open(path, 'w')
    await handle.write(sound)
    await handle.truncate(sound.length + bytes)
    await handle.close()

    const before = process.memoryUsage().rss
    let most = before
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5)
    expect(await inspectFile(path)).toMatchObject({ format: 'elf', size: sound.length + bytes })
    clearInterval(watch)
    expect(most - before).toBeLessThan(bytes / 3)
  })
})
