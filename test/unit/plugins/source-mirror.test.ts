import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import source from '../../../plugins/source-mirror/src/source.js'
import { UnreachableError } from '../../../src/errors.js'
import { temporaryDirectory, testContext } from '../../support/context.js'
import type { TestContext } from '../../support/context.js'
import { serveFiles } from '../../support/files.js'
import type { FileServer } from '../../support/files.js'

const linux = { os: 'linux', arch: 'amd64' }
const sha = 'cd'.repeat(32)

const withMirrors = (...mirrors: string[]): Promise<TestContext> => testContext({ settings: { mirrors } })

async function directoryOf(...names: string[]): Promise<string> {
  const directory = await temporaryDirectory()
  for (const name of names) await writeFile(join(directory, name), 'x')
  return directory
}

async function serve(files: Record<string, string>): Promise<FileServer> {
  const server = await serveFiles({ files })
  onTestFinished(() => server.close())
  return server
}

test('a directory serves official names, with the digest beside them in either form', async () => {
  const directory = await directoryOf('go1.27.4.linux-amd64.tar.gz', 'go1.26.8.linux-amd64.tar.gz')
  await writeFile(join(directory, 'go1.27.4.linux-amd64.tar.gz.sha256'), sha.toUpperCase())
  await writeFile(join(directory, 'go1.26.8.linux-amd64.tar.gz.sha256'), `${sha}  go1.26.8.linux-amd64.tar.gz\n`)
  for (const version of ['1.27.4', '1.26.8']) {
    const found = await source.locate({ tool: 'go', version }, linux, await withMirrors(directory))
    const name = `go${version}.linux-amd64.tar.gz`
    const from = `${name}.sha256 in the mirror ${directory}`
    const urls = [pathToFileURL(join(directory, name)).href]
    const digests = [{ algorithm: 'sha256', hex: sha, from }]
    expect(found).toEqual([{ name, urls, format: 'tar.gz', prefix: 'go/', digests }])
  }
})

test('a source archive is located beside the others, and is no release for a host', async () => {
  const directory = await directoryOf('go1.27.4.src.tar.gz')
  await writeFile(join(directory, 'go1.27.4.src.tar.gz.sha256'), sha)
  const context = await withMirrors(directory)
  expect(await source.locateSource?.({ tool: 'go', version: '1.27.4' }, context)).toMatchObject([
    { name: 'go1.27.4.src.tar.gz', format: 'tar.gz', prefix: 'go/', digests: [{ hex: sha }] },
  ])
  expect(await source.locateSource?.({ tool: 'go', version: '1.27.3' }, context)).toBeUndefined()
  expect(await source.versions('go', linux, context)).toEqual([])
})

test('a digest of another file is not taken for this one', async () => {
  const directory = await directoryOf('go1.27.4.linux-amd64.tar.gz')
  await writeFile(join(directory, 'go1.27.4.linux-amd64.tar.gz.sha256'), `${sha}  go1.26.8.linux-amd64.tar.gz\n`)
  const found = await source.locate({ tool: 'go', version: '1.27.4' }, linux, await withMirrors(directory))
  expect(found?.[0]?.digests).toEqual([])
})

test('a module zip without a digest is known to the checksum database', async () => {
  const directory = await directoryOf('v0.0.1-go1.27.4.linux-amd64.zip')
  const found = await source.locate({ tool: 'go', version: '1.27.4' }, linux, await withMirrors(directory))
  expect(found?.[0]).toMatchObject({
    prefix: 'golang.org/toolchain@v0.0.1-go1.27.4.linux-amd64/',
    digests: [],
    module: { path: 'golang.org/toolchain', version: 'v0.0.1-go1.27.4.linux-amd64' },
  })
})

test('a web server is asked for single files, and needs no index page', async () => {
  const server = await serve({ '/m/go1.2.1.linux-amd64.tar.gz': 'x', '/m/zig-x86_64-linux-0.17.0.tar.xz': 'x' })
  const context = await withMirrors(`${server.url}/m`)
  const [archive] = (await source.locate({ tool: 'go', version: '1.2.1' }, linux, context)) ?? []
  expect(archive?.urls).toEqual([`${server.url}/m/go1.2.1.linux-amd64.tar.gz`])
  expect(await source.locate({ tool: 'go', version: '9.99' }, linux, context)).toBeUndefined()
  expect(await source.versions('go', linux, context)).toEqual([])
})

test('an index page lists the versions of the host', async () => {
  const names = [
    'go1.27.4.linux-amd64.tar.gz',
    'go1.22rc1.linux-amd64.tar.gz',
    'go1.4.3.src.tar.gz',
    'go1.20.linux-arm64.tar.gz',
  ]
  const page = [...names, 'v0.0.1-go1.19.13.linux-amd64.zip', 'zig-linux-x86_64-0.13.0.tar.xz'].map(
    (n) => `<a href='/m/${n}'>`,
  )
  const context = await withMirrors((await serve({ '/m/': page.join('\n') })).url + '/m/')
  expect(await source.versions('go', linux, context)).toEqual(['1.27.4', '1.22rc1', '1.19.13'])
  expect(await source.versions('go', { os: 'linux', arch: 'arm64' }, context)).toEqual(['1.20'])
  expect(await source.versions('zig', linux, context)).toEqual(['0.13.0'])
})

test('zig is found under its newer and its older name, with its signature where the mirror has it', async () => {
  const [newer, older] = ['zig-x86_64-linux-0.17.0.tar.xz', 'zig-linux-x86_64-0.13.0.tar.xz']
  const directory = await directoryOf(newer, `${newer}.minisig`, older)
  const context = await withMirrors(directory)
  const [signed] = (await source.locate({ tool: 'zig', version: '0.17.0' }, linux, context)) ?? []
  expect(signed).toMatchObject({ name: newer, format: 'tar.xz', prefix: 'zig-x86_64-linux-0.17.0/' })
  expect(signed?.minisign?.url).toBe(pathToFileURL(join(directory, `${newer}.minisig`)).href)
  const [plain] = (await source.locate({ tool: 'zig', version: '0.13.0' }, linux, context)) ?? []
  expect([plain?.name, plain?.minisign]).toEqual([older, undefined])
})

test('other hosts have other names', async () => {
  const names = ['go1.27.4.windows-amd64.zip', 'go1.27.4.linux-armv6l.tar.gz', 'go1.4.2.darwin-amd64-osx10.8.tar.gz']
  const context = await withMirrors(await directoryOf(...names))
  const name = async (version: string, os: string, arch: string): Promise<string | undefined> =>
    (await source.locate({ tool: 'go', version }, { os, arch }, context))?.[0]?.name
  expect(await name('1.27.4', 'windows', 'amd64')).toBe(names[0])
  expect(await name('1.27.4', 'linux', 'arm')).toBe(names[1])
  expect(await name('1.4.2', 'darwin', 'amd64')).toBe(names[2])
})

test('mirrors that can not be reached are an error that names each, unless another one helps', async () => {
  const good = await directoryOf('go1.27.4.linux-amd64.tar.gz')
  const down = await serve({})
  await down.close()
  const secret = down.url.replace('//', '//me:secret@')
  const release = { tool: 'go', version: '1.27.4' }
  const helped = await withMirrors('/no such/place', good)
  expect(await source.locate(release, linux, helped)).toHaveLength(1)
  expect(helped.notes).toEqual(['the mirror /no such/place is not there'])
  const failing = source.locate(release, linux, await withMirrors('/no such/place', secret))
  await expect(failing).rejects.toBeInstanceOf(UnreachableError)
  await expect(failing).rejects.toThrow(/no such\/place is not there; .*127\.0\.0\.1.*connection refused/)
  await expect(failing).rejects.not.toThrow('secret')
})

test('without a mirror there is nothing here', async () => {
  const context = await withMirrors()
  expect(await source.versions('go', linux, context)).toEqual([])
  expect(await source.locate({ tool: 'go', version: '1.27.4' }, linux, context)).toBeUndefined()
})
