import { writeFile, mkdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { UnreachableError } from '../../../src/errors.js'
import { createHttp } from '../../../src/io/http.js'
import { redact } from '../../../src/io/redact.js'
import { temporaryDirectory } from '../../support/context.js'
import { serveFiles } from '../../support/files.js'
import type { FileServer, FileServerOptions } from '../../support/files.js'

async function serve(options?: FileServerOptions): Promise<FileServer> {
  const server = await serveFiles(options)
  onTestFinished(() => server.close())
  return server
}
const http = createHttp({})

test('a status that is not 200 is returned, not thrown', async () => {
  const server = await serve()
  expect((await http.get(`${server.url}/absent`)).status).toBe(404)
})

test('redirects are followed, and an endless one is an error', async () => {
  const server = await serve({ files: { '/b': 'there' } })
  server.fault('/a', { redirect: '/b' })
  server.fault('/loop', { redirect: '/loop' })
  expect(await (await http.get(`${server.url}/a`)).text()).toBe('there')
  await expect(http.get(`${server.url}/loop`)).rejects.toThrow('more than 10 times')
})

test("a URL's password is sent as basic authentication, not to another host, and never shown", async () => {
  const server = await serve({ files: { '/a': 'x' } })
  const other = await serve({ files: { '/a': 'x' } })
  server.fault('/away', { redirect: `${other.url}/a` })
  server.fault('/here', { redirect: '/a' })
  const base = server.url.replace('//', '//us%40er:s%20cret@')
  await http.get(`${base}/here`)
  await http.get(`${base}/away`)
  const expected = `Basic ${Buffer.from('us@er:s cret').toString('base64')}`
  expect(server.seen.map((seen) => seen.headers.authorization)).toEqual([expected, expected, expected])
  expect(other.seen.map((seen) => seen.headers.authorization)).toEqual([undefined])
  await other.close()
  const error = await http.get(`${base}/away`).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(UnreachableError)
  expect(String(error)).not.toContain('cret')
})

test('a passing failure is tried again twice, a lasting one is given back', async () => {
  const server = await serve({ files: { '/a': 'x', '/b': 'x', '/c': 'x'.repeat(1000) } })
  server.fault('/a', { status: 503, times: 2 })
  server.fault('/b', { reset: true, times: 1 })
  server.fault('/c', { cutAfter: 10, times: 1 })
  server.fault('/d', { status: 500 })
  expect(await (await http.get(`${server.url}/a`)).text()).toBe('x')
  expect(await (await http.get(`${server.url}/b`)).text()).toBe('x')
  expect(await (await http.get(`${server.url}/c`)).text()).toHaveLength(1000)
  expect((await http.get(`${server.url}/d`)).status).toBe(500)
  expect(server.seen.filter((seen) => seen.path === '/d')).toHaveLength(3)
})

test('a refused connection and an unknown host are unreachable at once, and say so', async () => {
  const server = await serve()
  await server.close()
  const began = Date.now()
  await expect(http.get(`${server.url}/a`)).rejects.toThrow('connection refused')
  await expect(http.get('http://no-such-host.invalid/a')).rejects.toThrow('host not found')
  expect(Date.now() - began).toBeLessThan(5000)
})

test('a document may not be larger than 64 MiB', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200)
    const pump = (): void => {
      while (response.write(Buffer.alloc(1 << 20)));
    }
    response.on('drain', pump)
    pump()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo // it listens on a port, not on a path
  await expect(http.get(`http://127.0.0.1:${port}/`)).rejects.toThrow('larger than 67108864 bytes')
})

test('a probe for one byte costs no more than that, even when the server sends the whole', async () => {
  const server = await serve({ files: { '/a': 'x'.repeat(1_000_000) }, ranges: false })
  const response = await http.get(`${server.url}/a`, { headers: { range: 'bytes=0-0' } })
  expect([response.status, (await response.bytes()).length]).toEqual([200, 0])
})

test('HTTP_PROXY and NO_PROXY are honoured', async () => {
  const proxy = createServer((request, response) => response.end(`by proxy: ${request.url ?? ''}`))
  proxy.on('connect', (_request, socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nby proxy'))
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  const { port } = proxy.address() as AddressInfo // it listens on a port, not on a path
  const server = await serve({ files: { '/a': 'direct' } })
  const env = { HTTP_PROXY: `127.0.0.1:${port}` }
  expect(await (await createHttp(env).get('http://go.example/a')).text()).toContain('by proxy')
  const direct = createHttp({ ...env, NO_PROXY: '127.0.0.1' })
  expect(await (await direct.get(`${server.url}/a`)).text()).toBe('direct')
})

test('file: URLs answer 200, 404, and a directory as a page of links', async () => {
  const directory = await temporaryDirectory()
  await writeFile(join(directory, 'a b.txt'), 'hello')
  await mkdir(join(directory, 'sub'))
  const base = pathToFileURL(`${directory}/`).href
  expect(await (await http.get(`${base}a%20b.txt`)).text()).toBe('hello')
  expect((await http.get(`${base}absent`)).status).toBe(404)
  expect((await http.get(`${base}a%20b.txt/absent`)).status).toBe(404)
  const page = await (await http.get(base)).text()
  expect(page).toContain('href="a%20b.txt"')
  expect(page).toContain('href="sub/"')
})

test('what is shown of a URL has no user, password or query', () => {
  expect(redact('https://me:secret@example.com/a?token=secret')).toBe('https://example.com/a?…')
  expect(redact('proxy https://me:secret@example.com is down')).toBe('proxy https://example.com is down')
  expect(redact('https://go.dev/dl/')).toBe('https://go.dev/dl/')
})
