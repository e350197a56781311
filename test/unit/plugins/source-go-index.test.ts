import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import source from '../../../plugins/source-go-index/src/source.js'
import { temporaryDirectory, testContext } from '../../support/context.js'
import type { TestContext } from '../../support/context.js'
import { serveFiles } from '../../support/files.js'
import type { FileServer } from '../../support/files.js'

const linux = { os: 'linux', arch: 'amd64' }
const sha = 'ab'.repeat(32)

/** A file as go.dev's index has it. */
const entry = (filename: string, os: string, arch: string, sha256 = sha, kind = 'archive'): object => ({
  filename,
  os,
  arch,
  version: 'x',
  sha256,
  size: 42,
  kind,
})

const index = [
  {
    version: 'go1.27.4',
    stable: true,
    files: [
      entry('go1.27.4.src.tar.gz', '', '', sha, 'source'),
      entry('go1.27.4.linux-amd64.tar.gz', 'linux', 'amd64'),
      entry('go1.27.4.linux-armv6l.tar.gz', 'linux', 'armv6l'),
      entry('go1.27.4.windows-amd64.msi', 'windows', 'amd64', sha, 'installer'),
      entry('go1.27.4.windows-amd64.zip', 'windows', 'amd64'),
    ],
  },
  {
    version: 'go1.4.2',
    stable: true,
    files: [
      entry('go1.4.2.darwin-amd64-osx10.6.tar.gz', 'darwin', 'amd64'),
      entry('go1.4.2.darwin-amd64-osx10.8.tar.gz', 'darwin', 'amd64'),
    ],
  },
  { version: 'go1.2.2', stable: true, files: [entry('go1.2.2.linux-amd64.tar.gz', 'linux', 'amd64', '')] },
  { broken: true },
]

async function serve(files: Record<string, string> = {}): Promise<FileServer> {
  const server = await serveFiles({ files: { '/dl/': JSON.stringify(index), ...files } })
  onTestFinished(() => server.close())
  return server
}

async function withIndex(server: FileServer, goArchiveBase?: string): Promise<TestContext> {
  return testContext({
    routes: { 'https://go.dev/': `${server.url}/` },
    settings: goArchiveBase === undefined ? {} : { goArchiveBase },
  })
}

test('a release whose source is in the index is located with its digest, another is not', async () => {
  const context = await withIndex(await serve())
  expect(await source.locateSource?.({ tool: 'go', version: '1.27.4' }, context)).toMatchObject([
    { name: 'go1.27.4.src.tar.gz', format: 'tar.gz', prefix: 'go/', digests: [{ hex: sha }] },
  ])
  expect(await source.locateSource?.({ tool: 'go', version: '1.4.2' }, context)).toBeUndefined()
})

test('a release is located with its digest, size and both official addresses', async () => {
  const context = await withIndex(await serve())
  expect(await source.locate({ tool: 'go', version: '1.27.4' }, linux, context)).toEqual([
    {
      name: 'go1.27.4.linux-amd64.tar.gz',
      urls: ['https://go.dev/dl/go1.27.4.linux-amd64.tar.gz', 'https://dl.google.com/go/go1.27.4.linux-amd64.tar.gz'],
      format: 'tar.gz',
      size: 42,
      prefix: 'go/',
      digests: [{ algorithm: 'sha256', hex: sha, from: 'the index at go.dev' }],
    },
  ])
})

test('each host gets its own archive, never an installer', async () => {
  const context = await withIndex(await serve())
  const name = async (version: string, os: string, arch: string): Promise<string | undefined> =>
    (await source.locate({ tool: 'go', version }, { os, arch }, context))?.[0]?.name
  expect(await name('1.27.4', 'windows', 'amd64')).toBe('go1.27.4.windows-amd64.zip')
  expect(await name('1.27.4', 'linux', 'arm')).toBe('go1.27.4.linux-armv6l.tar.gz')
  expect(await name('1.4.2', 'darwin', 'amd64')).toBe('go1.4.2.darwin-amd64-osx10.8.tar.gz')
  expect(await name('1.27.4', 'plan9', '386')).toBeUndefined()
})

test('the list holds what there is for the host, and the index is asked once', async () => {
  const server = await serve()
  const context = await withIndex(server)
  expect(await source.versions('go', linux, context)).toEqual(['1.27.4', '1.2.2'])
  expect(await source.locate({ tool: 'go', version: '9.99' }, linux, context)).toBeUndefined()
  expect(server.seen.map((seen) => seen.path)).toEqual(['/dl/?mode=json&include=all'])
})

test('an old release without a sha256 in the index comes without a digest', async () => {
  const context = await withIndex(await serve())
  const [archive] = (await source.locate({ tool: 'go', version: '1.2.2' }, linux, context)) ?? []
  expect(archive).toMatchObject({ name: 'go1.2.2.linux-amd64.tar.gz', digests: [] })
})

test('a release that the index forgot comes from the archive base', async () => {
  const server = await serve({ '/old/go1.2.1.linux-amd64.tar.gz': 'archive' })
  const context = await withIndex(server, `${server.url}/old`)
  expect(await source.locate({ tool: 'go', version: '1.2.1' }, linux, context)).toEqual([
    {
      name: 'go1.2.1.linux-amd64.tar.gz',
      urls: [`${server.url}/old/go1.2.1.linux-amd64.tar.gz`],
      format: 'tar.gz',
      prefix: 'go/',
      digests: [],
    },
  ])
  expect(await source.locate({ tool: 'go', version: '1.2' }, linux, context)).toBeUndefined()
})

test('the archive base may be a directory, with any name', async () => {
  const directory = join(await temporaryDirectory(), `old "files" & $HOME`)
  await mkdir(directory)
  await writeFile(join(directory, 'go1.2.1.linux-amd64.tar.gz'), 'archive')
  const context = await withIndex(await serve(), directory)
  const [archive] = (await source.locate({ tool: 'go', version: '1.2.1' }, linux, context)) ?? []
  expect(archive?.urls.map((url) => fileURLToPath(url))).toEqual([join(directory, 'go1.2.1.linux-amd64.tar.gz')])
  expect(await source.locate({ tool: 'go', version: '1.2' }, linux, context)).toBeUndefined()
})

test('the archive base works when the index can not be reached, and a .sha256 there counts', async () => {
  const server = await serve({
    '/old/go1.0.3.linux-386.tar.gz': 'x',
    '/old/go1.0.3.linux-386.tar.gz.sha256': `${sha}\n`,
  })
  server.fault('/dl/', { status: 404 })
  const context = await withIndex(server, `${server.url}/old/`)
  const host = { os: 'linux', arch: '386' }
  const [archive] = (await source.locate({ tool: 'go', version: '1.0.3' }, host, context)) ?? []
  expect(archive?.digests).toMatchObject([{ algorithm: 'sha256', hex: sha }])
  await expect(source.locate({ tool: 'go', version: '1.0.2' }, host, context)).rejects.toThrow('status 404')
})

test('an index that is no index is unreachable', async () => {
  const server = await serve({ '/dl/': '<html>Please log in' })
  await expect(source.versions('go', linux, await withIndex(server))).rejects.toThrow('something else than its index')
})
