import { createHash } from 'node:crypto'
import { chmod, lstat, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Archive } from '../../../src/contract/index.js'
import { unpackArchive } from '../../../src/install/unpack.js'
import { gnuLong, makeTar, makeTarGz, makeZip, xz } from '../../support/archives.js'

let home: string
let tree: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "unpack $HOME 'x' "))
  tree = join(home, 'tree')
})
afterEach(() => rm(home, { recursive: true, force: true }))

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')

async function unpack(format: Archive['format'], bytes: Buffer, more: Partial<Archive> = {}) {
  const file = join(home, 'archive')
  await writeFile(file, bytes)
  return unpackArchive(file, { name: 'x', urls: [], format, prefix: 'go/', digests: [], ...more }, tree)
}
const modeOf = async (path: string): Promise<number> => (await stat(join(tree, path))).mode & 0o7777
const timeOf = async (path: string): Promise<number> => (await stat(join(tree, path))).mtimeMs / 1000

const big = Buffer.alloc(9 << 20, 'big and dull ')

test('a module zip becomes a tree: prefix off, renamed, programs executable, every file of it measured', async () => {
  const prefix = 'golang.org/toolchain@v0.0.1-go1.27.4.linux-amd64/'
  const unpacked = await unpack(
    'zip',
    makeZip([
      { name: `${prefix}bin/go`, data: big },
      { name: `${prefix}pkg/tool/linux_amd64/deep/compile`, data: 'c' },
      { name: `${prefix}src/_go.mod`, data: 'module std', stored: true },
      { name: `${prefix}src/empty.go` },
      { name: 'outside', data: 'o' },
    ]),
    { prefix, programs: ['bin/*', 'pkg/tool/**'], renames: { '_go.mod': 'go.mod' } },
  )
  expect(unpacked.files).toEqual([
    { path: 'bin/go', name: `${prefix}bin/go`, sha256: sha256(big), size: big.length, mode: 0o755 },
    {
      path: 'pkg/tool/linux_amd64/deep/compile',
      name: `${prefix}pkg/tool/linux_amd64/deep/compile`,
      sha256: sha256('c'),
      size: 1,
      mode: 0o755,
    },
    { path: 'src/go.mod', name: `${prefix}src/_go.mod`, sha256: sha256('module std'), size: 10, mode: 0o644 },
    { path: 'src/empty.go', name: `${prefix}src/empty.go`, sha256: sha256(''), size: 0, mode: 0o644 },
  ])
  expect(unpacked.contents.map(({ name }) => name)).toEqual([...unpacked.files.map(({ name }) => name), 'outside'])
  expect(unpacked.contents.at(-1)?.sha256).toBe(sha256('o'))
  expect(unpacked.bytes).toBe(big.length + 12)
  expect((await readFile(join(tree, 'bin', 'go'))).equals(big)).toBe(true)
  expect([await modeOf('bin/go'), await modeOf('src/go.mod')]).toEqual([0o755, 0o644])
  expect(await timeOf('bin/go')).toBe(await timeOf('src/go.mod'))
})

test('a large stored entry and an entry with its sizes after the data are read', async () => {
  const unpacked = await unpack(
    'zip',
    makeZip([
      { name: 'go/big', data: big, stored: true },
      { name: 'go/later', data: 'x', says: { flags: 8 }, local: { size: 0 } },
    ]),
  )
  expect(unpacked.files.map((file) => file.sha256)).toEqual([sha256(big), sha256('x')])
})

test('a large entry with more bytes than it says is cut off', async () => {
  const zip = makeZip([{ name: 'go/big', data: big, says: { size: 5 << 20 } }])
  await expect(unpack('zip', zip)).rejects.toMatchObject({ code: 'UNSAFE_ARCHIVE', exit: 3 })
  expect((await stat(join(tree, 'big'))).size).toBeLessThanOrEqual(5 << 20)
})

test('an archive that says it holds too much is refused before anything is written', async () => {
  const file = join(home, 'archive')
  await writeFile(
    file,
    makeZip([
      { name: 'go/a', data: 'xx' },
      { name: 'go/b', data: 'xx' },
    ]),
  )
  const archive: Archive = { name: 'x', urls: [], format: 'zip', prefix: 'go/', digests: [] }
  await expect(unpackArchive(file, archive, tree, { maxBytes: 3 })).rejects.toMatchObject({ code: 'UNSAFE_ARCHIVE' })
  expect(await readdir(tree)).toEqual([])
})

test("a zip's own modes and directories are kept, setuid is not", async () => {
  await unpack('zip', makeZip([{ name: 'go/lib/' }, { name: 'go/zig', data: 'x', mode: 0o104755 }]))
  expect(await modeOf('zig')).toBe(0o755)
  expect((await stat(join(tree, 'lib'))).isDirectory()).toBe(true)
})

test('a tar becomes a tree: modes, times, long names, links that stay inside', async () => {
  const long = `go/${'directory/'.repeat(15)}file`
  const unpacked = await unpack(
    'tar.gz',
    makeTarGz([
      { name: 'go/', type: '5' },
      { name: 'go/bin/go', data: big, mode: 0o6755, mtime: 1_234_567_890 },
      { name: 'go/test/\u00c4foo.go', data: 'x' },
      gnuLong('L', `${long}\0`),
      { name: 'go/short', data: 'long' },
      { name: 'go/pax', data: 'pax', pax: { path: 'go/from/pax', mtime: '1234567890.5' } },
      { name: 'go/misc/link', type: '2', target: '../bin/go' },
      { name: 'go/hard', type: '1', target: 'go/bin/go', data: '' },
      { name: 'README', data: 'outside' },
      { name: 'out', type: '2', target: 'README' },
    ]),
  )
  expect(unpacked.files.map(({ path, mode, link }) => [path, mode, link])).toEqual([
    ['bin/go', 0o755, undefined],
    ['test/\u00c4foo.go', 0o644, undefined],
    [long.slice(3), 0o644, undefined],
    ['from/pax', 0o644, undefined],
    ['hard', 0o755, undefined],
    ['misc/link', 0o644, '../bin/go'],
  ])
  expect(unpacked.contents.map(({ name }) => name)).toContain('README')
  expect(await modeOf('bin/go')).toBe(0o755)
  expect(await timeOf('bin/go')).toBe(1_234_567_890)
  expect(await timeOf('from/pax')).toBe(1_234_567_890.5)
  expect(await readlink(join(tree, 'misc', 'link'))).toBe('../bin/go')
  expect((await lstat(join(tree, 'hard'))).nlink).toBe(1)
  expect((await readFile(join(tree, 'hard'))).equals(big)).toBe(true)
})

test.skipIf(!xz(Buffer.from('')))('a tar.xz is read, and a truncated one is refused', async () => {
  const random = Buffer.from(
    Array.from({ length: 200_000 }, (_, i) => createHash('md5').update(`${i}`).digest()[0] ?? 0),
  )
  const packed = xz(makeTar([{ name: 'go/a', data: random }])) ?? Buffer.alloc(0)
  const unpacked = await unpack('tar.xz', packed)
  expect(unpacked.files).toMatchObject([{ path: 'a', sha256: sha256(random) }])
  for (const part of [packed.subarray(0, packed.length / 2), Buffer.alloc(0), Buffer.from('no xz at all')]) {
    await rm(tree, { recursive: true })
    await expect(unpack('tar.xz', part)).rejects.toMatchObject({ code: 'CORRUPT_ARCHIVE', exit: 3 })
  }
})

const honest = [{ name: 'go/a', data: createHash('sha512').update('x').digest('hex').repeat(200) }]
const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 0x10
  return copy
}

test.each<[string, Archive['format'], Buffer]>([
  ['a truncated zip', 'zip', makeZip(honest).subarray(0, -40)],
  ['a zip with a flipped byte', 'zip', flipped(makeZip(honest), 60)],
  ['what is no zip', 'zip', Buffer.from('not a zip')],
  ['an empty zip file', 'zip', Buffer.alloc(0)],
  ['a truncated tar.gz', 'tar.gz', makeTarGz(honest).subarray(0, -40)],
  ['a tar.gz with a flipped byte', 'tar.gz', flipped(makeTarGz(honest), 60)],
  ['a tar cut inside its gzip', 'tar.gz', gzipSync(makeTar(honest).subarray(0, 2000))],
  ['a tar without an end', 'tar.gz', makeTarGz(honest, { end: false })],
  ['a tar with a damaged header', 'tar.gz', gzipSync(flipped(makeTar(honest), 10))],
  ['a gzip in a gzip', 'tar.gz', gzipSync(makeTarGz(honest))],
  ['a zip called tar.gz', 'tar.gz', makeZip(honest)],
  ['an empty tar.gz file', 'tar.gz', Buffer.alloc(0)],
  ['an empty tar', 'tar.gz', makeTarGz([])],
])('%s is refused as damaged', async (_, format, bytes) => {
  await expect(unpack(format, bytes)).rejects.toMatchObject({ code: 'CORRUPT_ARCHIVE', exit: 3 })
})

test('an archive goes where it says, beside another one of the same toolchain', async () => {
  await unpack('zip', makeZip([{ name: 'go/VERSION', data: 'x' }]))
  const second = await unpack('tar.gz', makeTarGz([{ name: 'go/fmt.a', data: 'a' }]), { into: 'pkg/linux_arm64' })
  expect(second.files).toMatchObject([{ path: 'pkg/linux_arm64/fmt.a' }])
  expect(await readFile(join(tree, 'pkg', 'linux_arm64', 'fmt.a'), 'utf8')).toBe('a')
})

test('progress counts the files of a zip up to their total', async () => {
  const file = join(home, 'archive')
  await writeFile(file, makeZip([{ name: 'a' }, { name: 'b' }]))
  const events: unknown[] = []
  const archive: Archive = { name: 'x', urls: [], format: 'zip', prefix: '', digests: [] }
  await unpackArchive(file, archive, tree, { progress: (event) => events.push(event) })
  expect(events.at(-1)).toEqual({ done: 2, total: 2 })
})

test("a missing file is a system error, not the archive's fault", async () => {
  const archive: Archive = { name: 'x', urls: [], format: 'tar.gz', prefix: '', digests: [] }
  await expect(unpackArchive(join(home, 'none'), archive, tree)).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(unpackArchive(join(home, 'none'), { ...archive, format: 'zip' }, tree)).rejects.toMatchObject({
    code: 'ENOENT',
  })
})

test('a tree that may not be written is a system error', async ({ skip }) => {
  if (process.getuid?.() === 0) skip('root may write everywhere')
  await unpack('zip', makeZip([{ name: 'go/a' }]))
  await chmod(tree, 0o555)
  await expect(unpack('zip', makeZip([{ name: 'go/b' }]))).rejects.toMatchObject({ code: 'EACCES' })
  await chmod(tree, 0o755)
})
