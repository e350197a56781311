import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Archive } from '../../../src/contract/index.js'
import { unpackArchive } from '../../../src/install/unpack.js'
import { gnuLong, makeTarGz, makeZip, type TarMember, type ZipMember } from '../../support/archives.js'

let home: string
let tree: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "unpack $HOME 'x' "))
  tree = join(home, 'deep', 'er', 'tree')
  await mkdir(tree, { recursive: true })
})
afterEach(() => rm(home, { recursive: true, force: true }))

const archiveOf = (format: Archive['format']): Archive => ({
  name: `x.${format}`,
  urls: [],
  format,
  prefix: 'go/',
  digests: [],
})

/** Unpacks what is thought hostile: it must be refused with `code`, and leave nothing but the tree's own content. */
async function refused(format: Archive['format'], bytes: Buffer, code: string, saying?: RegExp): Promise<void> {
  const file = join(home, 'archive')
  await writeFile(file, bytes)
  const options = { maxBytes: 1 << 20 }
  const error: unknown = await unpackArchive(file, archiveOf(format), tree, options).catch((error: unknown) => error)
  expect(error).toMatchObject({ code, exit: 3 })
  if (saying) expect((error as Error).message).toMatch(saying)
  await expect(stat('/gonative-evil')).rejects.toMatchObject({ code: 'ENOENT' })
  expect((await readdir(home)).sort()).toEqual(['archive', 'deep'])
  expect(await readdir(join(home, 'deep'))).toEqual(['er'])
  expect(await readdir(join(home, 'deep', 'er'))).toEqual(['tree'])
}

const good = { name: 'go/VERSION', data: 'go1.27.4\n' }

/** What both formats can say, as names of a file after a good one. */
const badNames: Record<string, string> = {
  'climbing out': 'go/../../../evil',
  'climbing out at once': '../evil',
  'an absolute path': '/gonative-evil',
  'a drive letter': 'C:/evil',
  'a backslash': 'go\\..\\..\\evil',
  'a dot segment': 'go/./evil',
  'an empty segment': 'go//evil',
  'a newline': 'go/evil\n',
  'a segment too long': `go/${'x'.repeat(300)}`,
  'bytes that are not UTF-8': 'go/\ufffd',
  'a bad name outside the prefix': 'other/../../evil',
}

/** Pairs of names that must not stand together. */
const badPairs: Record<string, [string, string]> = {
  'a duplicate name': ['go/a', 'go/a'],
  'a duplicate name outside the prefix': ['other/a', 'other/a'],
  'names that differ by case': ['go/Readme', 'go/README'],
  'directories that differ by case': ['go/Lib/a', 'go/lib/b'],
  'names that differ by Unicode form': ['go/caf\u00e9', 'go/cafe\u0301'],
  'a file below a file': ['go/a', 'go/a/b'],
  'a file in place of a directory': ['go/a/b', 'go/a'],
  'a duplicate made by renaming': ['go/go.mod', 'go/_go.mod'],
}

const longName = (name: string): TarMember[] => [gnuLong('L', `${name}\0`), { name: 'go/short', data: 'x' }]

describe.each(Object.entries(badNames))('%s', (_, name) => {
  test('is refused in a zip before anything is written', async () => {
    await refused('zip', makeZip([good, { name, data: 'x' }]), 'UNSAFE_ARCHIVE')
    expect(await readdir(tree)).toEqual([])
  })
  test('is refused in a tar, be it in the header, in pax or in a GNU long name', async () => {
    const short = Buffer.byteLength(name) <= 100
    if (short) await refused('tar.gz', makeTarGz([good, { name, data: 'x' }]), 'UNSAFE_ARCHIVE')
    await rm(tree, { recursive: true })
    if (!name.includes('\n')) {
      await refused('tar.gz', makeTarGz([good, { name: 'go/short', data: 'x', pax: { path: name } }]), 'UNSAFE_ARCHIVE')
      await rm(tree, { recursive: true })
    }
    await refused('tar.gz', makeTarGz([good, ...longName(name)]), 'UNSAFE_ARCHIVE')
  })
})

describe.each(Object.entries(badPairs))('%s', (_, [first, second]) => {
  const members = [first, second].map((name) => ({ name, data: 'x' }))
  const renaming = async (format: Archive['format'], bytes: Buffer): Promise<void> => {
    const file = join(home, 'archive')
    await writeFile(file, bytes)
    const archive = { ...archiveOf(format), renames: { '_go.mod': 'go.mod' } }
    await expect(unpackArchive(file, archive, tree)).rejects.toMatchObject({ code: 'UNSAFE_ARCHIVE', exit: 3 })
  }
  test('is refused in a zip before anything is written', async () => {
    await renaming('zip', makeZip(members))
    expect(await readdir(tree)).toEqual([])
  })
  test('is refused in a tar', () => renaming('tar.gz', makeTarGz(members)))
})

const badZips: Record<string, [ZipMember[], string, RegExp]> = {
  'a NUL in a name': [[{ name: 'go/a\0.txt' }], 'UNSAFE_ARCHIVE', /control character/],
  'an empty name': [[{ name: '' }], 'UNSAFE_ARCHIVE', /is empty/],
  'a name in raw bytes': [[{ name: Buffer.from([0x67, 0x6f, 0x2f, 0xff]) }], 'UNSAFE_ARCHIVE', /UTF-8/],
  'a symbolic link': [[{ name: 'go/a', data: '/etc', mode: 0o120777 }], 'UNSAFE_ARCHIVE', /symbolic link/],
  'a device': [[{ name: 'go/a', mode: 0o020666 }], 'UNSAFE_ARCHIVE', /character device/],
  'a named pipe': [[{ name: 'go/a', mode: 0o010666 }], 'UNSAFE_ARCHIVE', /named pipe/],
  'a socket': [[{ name: 'go/a', mode: 0o140666 }], 'UNSAFE_ARCHIVE', /socket/],
  'a file that calls itself a directory': [[{ name: 'go/a', mode: 0o040755 }], 'UNSAFE_ARCHIVE', /directory/],
  'a directory with bytes': [[{ name: 'go/a/', data: 'x' }], 'UNSAFE_ARCHIVE', /holds bytes/],
  'an encrypted entry': [[{ name: 'go/a', data: 'x', says: { flags: 1 } }], 'UNSAFE_ARCHIVE', /encrypted/],
  'more bytes than it says': [
    [{ name: 'go/a', data: 'x'.repeat(9000), says: { size: 10 } }],
    'UNSAFE_ARCHIVE',
    /more than the 10 bytes/,
  ],
  'fewer bytes than it says': [[{ name: 'go/a', data: 'x', says: { size: 10 } }], 'UNSAFE_ARCHIVE', /says 10/],
  'a stored entry of another size': [
    [{ name: 'go/a', data: 'xyz', stored: true, says: { size: 10 } }],
    'UNSAFE_ARCHIVE',
    /says 10/,
  ],
  'more than may be unpacked': [
    [
      { name: 'go/a', data: Buffer.alloc(600_000) },
      { name: 'go/b', data: Buffer.alloc(600_000) },
    ],
    'UNSAFE_ARCHIVE',
    /more than 1048576 bytes/,
  ],
  'another name before the data': [[{ name: 'go/a', local: { name: 'go/b' } }], 'UNSAFE_ARCHIVE', /another before/],
  'another size before the data': [
    [{ name: 'go/a', data: 'x', local: { size: 2 } }],
    'UNSAFE_ARCHIVE',
    /another before/,
  ],
  'another method before the data': [
    [{ name: 'go/a', data: 'x', local: { method: 0 } }],
    'UNSAFE_ARCHIVE',
    /another before/,
  ],
  'an unknown method': [[{ name: 'go/a', data: 'x', says: { method: 14 } }], 'CORRUPT_ARCHIVE', /method 14/],
  'a wrong checksum': [[{ name: 'go/a', data: 'x', says: { crc: 1 } }], 'CORRUPT_ARCHIVE', /checksum/],
  'data beyond the end': [[{ name: 'go/a', data: 'x', says: { offset: 9999 } }], 'CORRUPT_ARCHIVE', /./],
  'nothing under the prefix': [[{ name: 'other/a' }], 'CORRUPT_ARCHIVE', /no files under "go\/"/],
}

test.each(Object.entries(badZips))('a zip with %s is refused', async (_, [members, code, saying]) => {
  await refused('zip', makeZip(members), code, saying)
})

const badTars: Record<string, [TarMember[], RegExp]> = {
  'a NUL in a pax name': [[{ name: 'go/a', pax: { path: 'go/x\0/../../../evil' } }], /NUL/],
  'a NUL in a GNU long name': [[gnuLong('L', 'go/x\0evil\0'), { name: 'go/a' }], /NUL/],
  'an absolute symbolic link': [[{ name: 'go/l', type: '2', target: '/etc' }], /absolute/],
  'a symbolic link that climbs out': [[{ name: 'go/a/l', type: '2', target: '../../x' }], /out of the tree/],
  'a symbolic link that climbs out and comes back': [[{ name: 'go/l', type: '2', target: '../tree/x' }], /out of the/],
  'a symbolic link with a backslash': [[{ name: 'go/l', type: '2', target: '..\\x' }], /backslash/],
  'a symbolic link through another': [
    [
      { name: 'go/d/up', type: '2', target: '..' },
      { name: 'go/out', type: '2', target: 'd/up/../x' },
    ],
    /through another link/,
  ],
  'a symbolic link out and a file through it': [
    [
      { name: 'go/l', type: '2', target: '../../..' },
      { name: 'go/l/evil', data: 'x' },
    ],
    /out of the tree/,
  ],
  'a symbolic link inside and a file through it': [
    [
      { name: 'go/l', type: '2', target: 'd' },
      { name: 'go/l/evil', data: 'x' },
    ],
    /goes through "go\/l"/,
  ],
  'a symbolic link and a file of its name': [
    [
      { name: 'go/l', type: '2', target: 'd' },
      { name: 'go/l', data: 'x' },
    ],
    /twice/,
  ],
  'a symbolic link and a directory of its name': [
    [
      { name: 'go/l', type: '2', target: 'd' },
      { name: 'go/l', type: '5' },
      { name: 'go/l/evil', data: 'x' },
    ],
    /goes through/,
  ],
  'a hard link outside': [[{ name: 'go/h', type: '1', target: '../../../archive' }], /hard link/],
  'a hard link to an absolute path': [[{ name: 'go/h', type: '1', target: '/etc/passwd' }], /hard link/],
  'a hard link to a symbolic one': [
    [
      { name: 'go/l', type: '2', target: 'VERSION' },
      { name: 'go/h', type: '1', target: 'go/l' },
    ],
    /not a file before/,
  ],
  'a hard link to what is outside the prefix': [
    [
      { name: 'x/a', data: 'x' },
      { name: 'go/h', type: '1', target: 'x/a' },
    ],
    /not a file before/,
  ],
  'a character device': [[{ name: 'go/d', type: '3' }], /character device/],
  'a block device': [[{ name: 'go/d', type: '4' }], /block device/],
  'a named pipe': [[{ name: 'go/p', type: '6' }], /named pipe/],
  'a device outside the prefix': [[{ name: 'dev/null', type: '3' }], /character device/],
  'a sparse file': [[{ name: 'go/s', type: 'S' }], /unknown/],
  'an entry of no known type': [[{ name: 'go/s', type: 'Z' }], /unknown/],
  'a header too large': [[{ name: 'go/a', pax: { comment: 'x'.repeat(2 << 20) } }], /header too large/],
  'more than may be unpacked': [[{ name: 'go/a', data: Buffer.alloc(2 << 20) }], /more than 1048576 bytes/],
}

test.each(Object.entries(badTars))('a tar with %s is refused', async (_, [members, saying]) => {
  await refused('tar.gz', makeTarGz([good, ...members]), 'UNSAFE_ARCHIVE', saying)
})

test('nothing is written through a link that another archive of the same toolchain left', async () => {
  await mkdir(join(home, 'outside'))
  await symlink(join(home, 'outside'), join(tree, 'lib'))
  const file = join(home, 'archive')
  for (const bytes of [makeZip([{ name: 'go/lib/evil', data: 'x' }]), makeZip([{ name: 'go/lib', data: 'x' }])]) {
    await writeFile(file, bytes)
    await expect(unpackArchive(file, archiveOf('zip'), tree)).rejects.toMatchObject({ code: 'UNSAFE_ARCHIVE' })
  }
  expect(await readdir(join(home, 'outside'))).toEqual([])
})

test('a file that another archive of the same toolchain left is not overwritten', async () => {
  await writeFile(join(tree, 'VERSION'), 'first')
  await refused('zip', makeZip([good]), 'UNSAFE_ARCHIVE', /already/)
  expect((await stat(join(tree, 'VERSION'))).size).toBe(5)
})
