import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Archive, Digest } from '../../../src/contract/index.js'
import { discard, fetchArchive, type Fetched } from '../../../src/install/fetch.js'
import { createIo } from '../../../src/io/node.js'
import { locksIn } from '../../../src/store/lock.js'
import { startArchiveServer, type ArchiveServer } from '../../support/archive-server.js'

const io = createIo()
const data = randomBytes(300_000)
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const published = (bytes: Buffer): Digest[] => [{ algorithm: 'sha256', hex: sha256(bytes), from: 'the test' }]

let home: string
let directory: string
let server: ArchiveServer

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "fetch $HOME 'x' "))
  directory = join(home, 'cache', 'downloads')
  server = await startArchiveServer({ 'go.zip': { data, etag: '"one"' } })
})
afterEach(async () => {
  await server.close()
  await rm(home, { recursive: true, force: true })
})

const archiveOf = (more: Partial<Archive> = {}): Archive => ({
  name: 'go1.27.4.zip',
  urls: [`${server.url}go.zip`],
  format: 'zip',
  prefix: '',
  digests: [],
  ...more,
})
const fetch = (archive = archiveOf()): Promise<Fetched> =>
  fetchArchive(archive, { directory, io, lock: locksIn(join(home, 'locks'), () => undefined) })
/** Cuts every connection, so that a fetch fails with a partial file left. */
const cutFor = async (after: number, archive?: Archive): Promise<void> => {
  const served = server.files['go.zip']
  if (served) served.cut = { after, times: 1 }
  const seen: AbortController = new AbortController()
  const lock = locksIn(join(home, 'locks'), () => undefined)
  const progress = ({ done }: { done: number }): void => {
    if (done >= after) seen.abort()
    if (seen.signal.aborted) throw new Error('killed')
  }
  await expect(fetchArchive(archive ?? archiveOf(), { directory, io, lock, progress })).rejects.toThrow('killed')
  if (served) delete served.cut
  server.log.length = 0
}

test('a download is measured and kept under a readable name, with a record beside it', async () => {
  const progress: unknown[] = []
  const lock = locksIn(join(home, 'locks'), () => undefined)
  const archive = archiveOf({
    digests: [...published(data), { algorithm: 'sha1', hex: '00', from: 'x' }],
    minisign: { url: '', publicKeys: [] },
  })
  const fetched = await fetchArchive(archive, { directory, io, lock, progress: (event) => progress.push(event) })
  const key = `go1.27.4.zip-${sha256(data).slice(0, 12)}`
  expect(fetched).toEqual({
    path: join(directory, key),
    url: `${server.url}go.zip`,
    size: data.length,
    digests: {
      sha256: sha256(data),
      sha1: createHash('sha1').update(data).digest('hex'),
      blake2b512: createHash('blake2b512').update(data).digest('hex'),
    },
  })
  expect((await readFile(fetched.path)).equals(data)).toBe(true)
  expect((await readdir(directory)).sort()).toEqual([key, `${key}.json`])
  expect(progress.at(-1)).toEqual({ done: data.length, total: data.length })
})

test('a whole download is found again without asking', async () => {
  await fetch()
  server.log.length = 0
  expect((await fetch()).digests.sha256).toBe(sha256(data))
  expect(server.log).toEqual([])
})

test('a connection cut twice is resumed where it broke', async () => {
  server.files['go.zip'] = { data, etag: '"one"', cut: { after: 100_000, times: 2 } }
  expect((await fetch()).digests.sha256).toBe(sha256(data))
  expect(server.log.map((line) => line.split(' ').slice(1).join(' '))).toEqual([
    'whole 200',
    'bytes=100000- 206',
    'bytes=200000- 206',
  ])
})

test('what a killed process left is resumed by the next', async () => {
  await cutFor(100_000)
  expect((await readdir(directory)).some((name) => name.endsWith('.partial'))).toBe(true)
  expect((await fetch()).digests.sha256).toBe(sha256(data))
  expect(server.log).toEqual([expect.stringMatching(/^go\.zip bytes=\d+- 206$/)])
})

describe('a partial download is begun anew', () => {
  const other = randomBytes(data.length)

  test('when the ETag has changed', async () => {
    await cutFor(100_000)
    server.files['go.zip'] = { data: other, etag: '"two"' }
    expect((await fetch()).digests.sha256).toBe(sha256(other))
    expect(server.log).toEqual([expect.stringMatching(/bytes=\d+- 200$/)])
  })
  test('when the ETag has changed and the server ignores If-Range', async () => {
    await cutFor(100_000)
    server.files['go.zip'] = { data: other, etag: '"two"', ignoresIfRange: true }
    expect((await fetch()).digests.sha256).toBe(sha256(other))
    expect(server.log.at(-1)).toBe('go.zip whole 200')
  })
  test('when the server has no ranges', async () => {
    await cutFor(100_000)
    server.files['go.zip'] = { data, etag: '"one"', noRanges: true }
    expect((await fetch()).digests.sha256).toBe(sha256(data))
  })
  test('when the server now has less than is there (416)', async () => {
    await cutFor(200_000)
    const less = randomBytes(50_000)
    server.files['go.zip'] = { data: less, etag: '"one"', ignoresIfRange: true }
    expect((await fetch()).digests.sha256).toBe(sha256(less))
    expect(server.log).toEqual([expect.stringMatching(/ 416$/), 'go.zip whole 200'])
  })
  test('when the server gave nothing to tell one file from another by', async () => {
    server.files['go.zip'] = { data }
    await cutFor(100_000)
    expect((await fetch()).digests.sha256).toBe(sha256(data))
    expect(server.log).toEqual(['go.zip whole 200'])
  })
  test('when its record is damaged', async () => {
    await cutFor(100_000)
    for (const name of await readdir(directory)) {
      if (name.endsWith('.json')) await writeFile(join(directory, name), '{"key"')
    }
    expect((await fetch()).digests.sha256).toBe(sha256(data))
    expect(server.log).toEqual(['go.zip whole 200'])
  })
})

test('a body that always ends too early is a clear error, after a few tries', async () => {
  server.files['go.zip'] = { data, endsAfter: 1000 }
  const error: unknown = await fetch(archiveOf({ size: data.length })).catch((error: unknown) => error)
  expect(error).toMatchObject({ code: 'UNREACHABLE', exit: 4 })
  expect(String(error)).toMatch(/ended after 1000 of 300000 bytes; gave up after 5 tries/)
  expect(server.log.length).toBe(5)
})

test('another size than the published one is refused without taking the body', async () => {
  const error: unknown = await fetch(archiveOf({ size: 5 })).catch((error: unknown) => error)
  expect(error).toMatchObject({ code: 'WRONG_SIZE', exit: 3 })
  expect(String(error)).toMatch(/holds 300000 bytes, published are 5/)
  server.files['go.zip'] = { data, endsAfter: data.length } // chunked: no length to see beforehand
  await expect(fetch(archiveOf({ size: 5 }))).rejects.toMatchObject({ code: 'WRONG_SIZE', exit: 3 })
})

describe('a download that was damaged in the directory is fetched again', () => {
  test.each(['with', 'without'])('%s a published digest', async (which) => {
    const archive = archiveOf(which === 'with' ? { digests: published(data) } : {})
    const first = await fetch(archive)
    await truncate(first.path, 5)
    server.log.length = 0
    expect(await fetch(archive)).toEqual(first)
    expect((await readFile(first.path)).equals(data)).toBe(true)
    expect(server.log).toEqual(['go.zip whole 200'])
  })
  test('once: one that still is not what was published is for the verifiers', async () => {
    const archive = archiveOf({ digests: published(Buffer.from('other')) })
    expect((await fetch(archive)).digests.sha256).toBe(sha256(data))
    expect((await fetch(archive)).digests.sha256).toBe(sha256(data))
    expect(server.log.length).toBe(2)
  })
})

test('a discarded download is gone, with all that belongs to it', async () => {
  await discard((await fetch()).path)
  expect(await readdir(directory)).toEqual([])
})

test('eight fetches at once make one request', async () => {
  server.files['go.zip'] = { data, etag: '"one"', slow: 300 }
  const all = await Promise.all(Array.from({ length: 8 }, () => fetch()))
  expect(new Set(all.map(({ digests }) => digests.sha256))).toEqual(new Set([sha256(data)]))
  expect(server.log).toEqual(['go.zip whole 200'])
})

test('the next URL is tried, and it is not resumed with what came from another', async () => {
  await cutFor(100_000, archiveOf({ digests: published(data) }))
  server.files['mirror/go.zip'] = { data, etag: '"one"' }
  delete server.files['go.zip']
  const urls = [`${server.url}go.zip`, `${server.url}mirror/go.zip`]
  const fetched = await fetch(archiveOf({ urls, digests: published(data) }))
  expect(fetched.url).toBe(urls[1])
  expect(fetched.digests.sha256).toBe(sha256(data))
  expect(server.log.at(-1)).toBe('mirror/go.zip whole 200')
})

test('when no URL has it, each is named without its password', async () => {
  const secret = server.url.replace('//', '//user:s3cret@')
  const urls = [`${secret}none?token=s3cret`, `${secret}go.zip`, 'file:///nowhere/go.zip']
  delete server.files['go.zip']
  const error: unknown = await fetch(archiveOf({ urls })).catch((error: unknown) => error)
  expect(error).toMatchObject({ code: 'UNREACHABLE', exit: 4 })
  expect(String(error)).toContain(`${server.url}none`)
  expect(String(error)).toContain(`${server.url}go.zip`)
  expect(String(error)).toContain('file:///nowhere/go.zip: no such file')
  expect(String(error)).not.toContain('s3cret')
})

test('no password is written beside a download', async () => {
  const fetched = await fetch(archiveOf({ urls: [`${server.url.replace('//', '//user:s3cret@')}go.zip?token=s3cret`] }))
  expect(await readFile(`${fetched.path}.json`, 'utf8')).not.toContain('s3cret')
  expect(fetched.url).not.toContain('s3cret')
})

test('a name with slashes stays in the directory', async () => {
  const fetched = await fetch(archiveOf({ name: '../../x/y.zip' }))
  expect(fetched.path.startsWith(`${directory}/_.._x_y.zip-`)).toBe(true)
})

describe('a file URL', () => {
  const local = async (): Promise<string> => {
    const path = join(home, 'my mirror', 'go #1.zip')
    await mkdir(join(home, 'my mirror'))
    await writeFile(path, data)
    return path
  }
  test('is used where it is, and outlives a discard', async () => {
    const path = await local()
    const fetched = await fetch(archiveOf({ urls: [pathToFileURL(path).href], digests: published(data) }))
    expect(fetched).toMatchObject({ path, size: data.length, digests: { sha256: sha256(data) } })
    await discard(fetched.path)
    expect((await readFile(path)).equals(data)).toBe(true)
    expect((await readdir(home)).sort()).toEqual(['my mirror'])
  })
  test('of another size than the published one is refused', async () => {
    const urls = [pathToFileURL(await local()).href]
    await expect(fetch(archiveOf({ urls, size: 5 }))).rejects.toMatchObject({ code: 'WRONG_SIZE' })
  })
  test('that does not exist leaves it to the next', async () => {
    const urls = [pathToFileURL(join(home, 'none')).href, `${server.url}go.zip`]
    expect((await fetch(archiveOf({ urls }))).url).toBe(`${server.url}go.zip`)
  })
})

test.skipIf(process.platform !== 'linux')('a full disk is a clear error', async () => {
  await fetch()
  const [key = ''] = (await readdir(directory)).filter((name) => !name.endsWith('.json'))
  await rm(directory, { recursive: true })
  await mkdir(directory)
  await symlink('/dev/full', join(directory, `${key}.partial`))
  const error: unknown = await fetch().catch((error: unknown) => error)
  expect(error).toMatchObject({ code: 'DISK_FULL', exit: 1 })
  expect(String(error)).toContain(`no space left in ${directory}`)
})
