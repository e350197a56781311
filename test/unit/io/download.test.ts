import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { UnreachableError } from '../../../src/errors.js'
import { createHttp } from '../../../src/io/http.js'
import type { Download } from '../../../src/io/io.js'
import { temporaryDirectory } from '../../support/context.js'
import { serveFiles } from '../../support/files.js'
import type { FileServer, FileServerOptions } from '../../support/files.js'

const http = createHttp({})

async function serve(options: FileServerOptions): Promise<FileServer> {
  const server = await serveFiles(options)
  onTestFinished(() => server.close())
  return server
}

async function text(download: Download): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of download.body) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test('a download that broke off goes on where it stopped', async () => {
  const server = await serve({ files: { '/a': '0123456789' } })
  server.fault('/a', { cutAfter: 4, times: 1 })
  const first = await http.download(`${server.url}/a`)
  expect([first.status, first.size]).toEqual([200, 10])
  let had = ''
  const read = async (): Promise<void> => {
    for await (const chunk of first.body) had += Buffer.from(chunk).toString()
  }
  await expect(read()).rejects.toBeInstanceOf(UnreachableError)
  expect(had).toBe('0123')
  const rest = await http.download(`${server.url}/a`, {
    from: 4,
    ...(first.validator && { validator: first.validator }),
  })
  expect([rest.status, rest.size, await text(rest)]).toEqual([206, 10, '456789'])
})

test('a file that changed meanwhile is sent whole', async () => {
  const server = await serve({ files: { '/a': '0123456789' } })
  const { validator } = await http.download(`${server.url}/a`)
  server.files.set('/a', 'abcdefghij')
  const again = await http.download(`${server.url}/a`, { from: 4, validator: validator ?? '' })
  expect([again.status, await text(again)]).toEqual([200, 'abcdefghij'])
})

test('a server without ranges sends the whole, and says so', async () => {
  const server = await serve({ files: { '/a': '0123456789' }, ranges: false })
  const whole = await http.download(`${server.url}/a`, { from: 4 })
  expect([whole.status, await text(whole)]).toEqual([200, '0123456789'])
})

test('a start behind the end is 416 with the true size', async () => {
  const server = await serve({ files: { '/a': '0123456789' } })
  const beyond = await http.download(`${server.url}/a`, { from: 10 })
  expect([beyond.status, beyond.size, await text(beyond)]).toEqual([416, 10, ''])
})

test('any other status is unreachable, with the status', async () => {
  const server = await serve({})
  await expect(http.download(`${server.url}/a`)).rejects.toThrow('answered with status 404')
  await expect(http.download(`${server.url}/a`)).rejects.toBeInstanceOf(UnreachableError)
})

test('file: URLs download by the same rules', async () => {
  const path = join(await temporaryDirectory(), 'a b')
  await writeFile(path, '0123456789')
  const url = pathToFileURL(path).href
  const whole = await http.download(url)
  expect([whole.status, whole.size, await text(whole)]).toEqual([200, 10, '0123456789'])
  const validator = whole.validator ?? ''
  const rest = await http.download(url, { from: 4, validator })
  expect([rest.status, rest.size, await text(rest)]).toEqual([206, 10, '456789'])
  expect((await http.download(url, { from: 10, validator })).status).toBe(416)
  await writeFile(path, 'abcdefghijk')
  const changed = await http.download(url, { from: 4, validator })
  expect([changed.status, await text(changed)]).toEqual([200, 'abcdefghijk'])
  await expect(http.download(`${url}-absent`)).rejects.toThrow('no such file')
})
