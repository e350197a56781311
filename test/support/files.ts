/** A static file server on the loopback, with byte ranges, ETags, and the ways in which real ones fail. */
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** What goes wrong with a path, for the first `times` requests of it (default: all). */
export interface Fault {
  times?: number
  /** Answer with this status, and `body`. */
  status?: number
  body?: string
  /** Answer with 302 to this URL. */
  redirect?: string
  /** Break the connection without an answer. */
  reset?: boolean
  /** Break the connection after so many bytes of the body. */
  cutAfter?: number
  /** Stop sending after so many bytes of the body, and keep the connection. */
  stallAfter?: number
  /** Flip one bit of the byte at this offset of the file. */
  flip?: number
  /** Milliseconds before the answer. */
  delay?: number
}

export interface Seen {
  path: string
  headers: IncomingMessage['headers']
}

export interface FileServer {
  /** Without a last slash. */
  url: string
  /** What was asked for, in order. */
  seen: Seen[]
  /** Files by path (`/a/b.txt`), besides those of the directory. May be changed at any time. */
  files: Map<string, string | Uint8Array>
  /** Sets what goes wrong with a path (without its query). */
  fault(path: string, fault: Fault): void
  close(): Promise<void>
}

export interface FileServerOptions {
  /** Served besides `files`. */
  directory?: string
  files?: Record<string, string | Uint8Array>
  /** Default true. Without them every answer is 200 with the whole. */
  ranges?: boolean
  /** Content-Type by path; default by its ending. */
  types?: Record<string, string>
}

/** Starts a server on a free port of 127.0.0.1. */
export async function serveFiles(options: FileServerOptions = {}): Promise<FileServer> {
  const files = new Map(Object.entries(options.files ?? {}))
  const faults = new Map<string, Fault>()
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname)
    seen.push({ path: request.url ?? '/', headers: request.headers })
    answer(path, request, response).catch((error: unknown) => response.destroy(error as Error)) // Node throws Errors
  })
  const content = async (path: string): Promise<Uint8Array | undefined> => {
    const held = files.get(path)
    if (held !== undefined) return Buffer.from(held)
    return options.directory === undefined ? undefined : fromDirectory(join(options.directory, path))
  }
  const answer = async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const fault = take(faults, path)
    if (fault.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delay))
    if (fault.reset === true) return void request.socket.destroy()
    if (fault.redirect !== undefined) return void response.writeHead(302, { location: fault.redirect }).end()
    if (fault.status !== undefined) return void response.writeHead(fault.status).end(fault.body ?? '')
    const body = await content(path)
    if (body === undefined) return void response.writeHead(404).end('not found\n')
    send(body, fault, request, response, {
      ranges: options.ranges ?? true,
      type: options.types?.[path] ?? typeOf(path),
    })
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port, not on a path
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    files,
    fault: (path, fault) => void faults.set(path, { ...fault }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The fault that holds for this request. */
function take(faults: Map<string, Fault>, path: string): Fault {
  const fault = faults.get(path)
  if (fault === undefined) return {}
  if (fault.times !== undefined && --fault.times <= 0) faults.delete(path)
  return fault
}

async function fromDirectory(path: string): Promise<Uint8Array | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return undefined
  if (!found.isDirectory()) return readFile(path)
  const names = await readdir(path)
  return Buffer.from(names.map((name) => `<a href="${encodeURIComponent(name)}">${name}</a>`).join('\n'))
}

function typeOf(path: string): string {
  if (path.endsWith('.json')) return 'application/json'
  return path.endsWith('/') ? 'text/html' : 'application/octet-stream'
}

function send(
  body: Uint8Array,
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
  { ranges, type }: { ranges: boolean; type: string },
): void {
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`
  const bytes = Buffer.from(body)
  if (fault.flip !== undefined) bytes[fault.flip] = (bytes[fault.flip] ?? 0) ^ 1
  const headers: Record<string, string | number> = { 'content-type': type, etag }
  const range = ranges ? /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') : null
  const condition = request.headers['if-range']
  const start = range !== null && (condition === undefined || condition === etag) ? Number(range[1]) : undefined
  if (start !== undefined && start >= bytes.length) {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${bytes.length}` }).end()
    return
  }
  const last = start === undefined || range?.[2] === '' ? bytes.length - 1 : Number(range?.[2])
  const part = bytes.subarray(start ?? 0, last + 1)
  if (start !== undefined) headers['content-range'] = `bytes ${start}-${last}/${bytes.length}`
  response.writeHead(start === undefined ? 200 : 206, { ...headers, 'content-length': part.length })
  const stop = fault.cutAfter ?? fault.stallAfter
  if (stop === undefined) return void response.end(part)
  response.write(part.subarray(0, stop), () => {
    if (fault.cutAfter !== undefined) request.socket.destroy()
  })
}
