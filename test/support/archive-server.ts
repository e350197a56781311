/** A file server on the loopback that can break in the ways that servers break: what downloads are tested against. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Served {
  data: Buffer
  etag?: string
  /** Close the connection after so many bytes of each body, as often as `times` says. */
  cut?: { after: number; times: number }
  /** End the body, cleanly but chunked, after so many bytes. */
  endsAfter?: number
  /** Answer ranges with the whole. */
  noRanges?: boolean
  /** Answer ranges whatever If-Range says. */
  ignoresIfRange?: boolean
  /** Milliseconds before the body. */
  slow?: number
}

export interface ArchiveServer {
  /** `http://127.0.0.1:1234/`, followed by a file's name. */
  url: string
  files: Record<string, Served>
  /** One line a request: the path, its range, and the answer's status. */
  log: string[]
  close(): Promise<void>
}

export async function startArchiveServer(files: Record<string, Served>): Promise<ArchiveServer> {
  const log: string[] = []
  const server = createServer((request, response) => {
    const name = (request.url ?? '').split('?')[0]?.slice(1) ?? ''
    const served = files[name]
    const range = request.headers.range ?? 'whole'
    if (served) answer(request, response, served)
    else response.writeHead(404).end('not here')
    log.push(`${name} ${range} ${response.statusCode}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  return {
    url: `http://127.0.0.1:${port}/`,
    files,
    log,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function answer(request: IncomingMessage, response: ServerResponse, served: Served): void {
  const { data, etag } = served
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  const ifRange = request.headers['if-range']
  const changed = ifRange !== undefined && ifRange !== etag && !served.ignoresIfRange
  const partly = from > 0 && !served.noRanges && !changed
  if (etag !== undefined) response.setHeader('etag', etag)
  if (partly && from >= data.length) {
    response.writeHead(416, { 'content-range': `bytes */${data.length}` }).end()
    return
  }
  const body = partly ? data.subarray(from) : data
  if (partly) response.setHeader('content-range', `bytes ${from}-${data.length - 1}/${data.length}`)
  if (served.endsAfter === undefined) response.setHeader('content-length', body.length)
  response.writeHead(partly ? 206 : 200)
  setTimeout(() => send(response, served, body), served.slow ?? 0)
}

function send(response: ServerResponse, served: Served, body: Buffer): void {
  const { cut } = served
  if (cut && cut.times > 0 && cut.after < body.length) {
    cut.times -= 1
    response.write(body.subarray(0, cut.after), () => setTimeout(() => response.destroy(), 20))
    return
  }
  response.end(body.subarray(0, served.endsAfter ?? body.length))
}
