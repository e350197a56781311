import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import source from '../../../plugins/source-goproxy/src/source.js'
import { temporaryDirectory, testContext } from '../../support/context.js'
import { serveFiles } from '../../support/files.js'
import type { FileServer } from '../../support/files.js'

const linux = { os: 'linux', arch: 'amd64' }
const at = '/golang.org/toolchain/@v'
const newest = 'v0.0.1-go1.27.4.linux-amd64'

async function serve(): Promise<FileServer> {
  const list = [
    newest,
    'v0.0.1-go1.27.4.linux-arm64',
    'v0.0.1-go1.22rc1.linux-amd64',
    'v0.0.2-go1.1.linux-amd64',
    '',
  ].join('\n')
  const server = await serveFiles({ files: { [`${at}/list`]: list, [`${at}/${newest}.info`]: '{}' } })
  onTestFinished(() => server.close())
  return server
}

const locate = async (GOPROXY: string, version: string): ReturnType<typeof source.locate> =>
  source.locate({ tool: 'go', version }, linux, await testContext({ env: { GOPROXY } }))

test('a release is the module zip of its host at the proxy that answered', async () => {
  const [empty, server] = [await serve(), await serve()]
  empty.files.clear()
  const [archive] = (await locate(`${empty.url},${server.url}`, '1.27.4')) ?? []
  expect(archive).toMatchObject({
    name: `${newest}.zip`,
    urls: [`${server.url}${at}/${newest}.zip`],
    format: 'zip',
    prefix: `golang.org/toolchain@${newest}/`,
    digests: [],
    module: { path: 'golang.org/toolchain', version: newest },
    renames: { '_go.mod': 'go.mod' },
  })
  expect(archive?.programs).toEqual(expect.arrayContaining(['bin/*', 'pkg/tool/**', 'src/*.bash']))
})

test('versions are those of the host in the list', async () => {
  const { url } = await serve()
  const versions = await source.versions('go', linux, await testContext({ env: { GOPROXY: url } }))
  expect(versions).toEqual(['1.27.4', '1.22rc1'])
})

test('a version that no proxy has is not here; one that the list lacks but the proxy has is', async () => {
  const server = await serve()
  server.files.set(`${at}/v0.0.1-go1.20.14.linux-amd64.info`, '{}')
  expect(await locate(server.url, '9.99')).toBeUndefined()
  expect(await locate(server.url, '1.20.14')).toHaveLength(1)
})

test('403 of a version that is not in the list means that there is none; of a listed one it is a refusal', async () => {
  const server = await serve()
  server.fault(`${at}/v0.0.1-go9.99.linux-amd64.info`, { status: 403 })
  server.fault(`${at}/${newest}.info`, { status: 403, body: 'blocked by policy' })
  expect(await locate(server.url, '9.99')).toBeUndefined()
  await expect(locate(server.url, '1.27.4')).rejects.toThrow('status 403: blocked by policy')
  server.fault(`${at}/list`, { status: 403 })
  await expect(locate(server.url, '9.99')).rejects.toThrow('status 403')
})

test('a file: proxy works, after one that is down and a pipe', async () => {
  const directory = await temporaryDirectory()
  await mkdir(join(directory, at), { recursive: true })
  await writeFile(join(directory, at, `${newest}.info`), '{}')
  const server = await serve()
  await server.close()
  const base = pathToFileURL(directory).href
  const [archive] = (await locate(`${server.url}|${base}`, '1.27.4')) ?? []
  expect(archive?.urls).toEqual([`${base}${at}/${newest}.zip`])
})

test('without GOPROXY and without a Go, the source is unreachable and says why', async () => {
  const context = await testContext()
  const why = 'GOPROXY is not set and no Go is at hand to ask'
  await expect(source.versions('go', linux, context)).rejects.toThrow(why)
  await expect(source.locate({ tool: 'go', version: '1.27.4' }, linux, context)).rejects.toThrow(why)
})
