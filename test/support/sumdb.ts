/** A checksum database on the loopback, as a module proxy serves it; it can be told to lie in each way that is checked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SumdbLog } from './sumdb-log.js'

export { SumdbLog } from './sumdb-log.js'

/** What one byte is flipped in. */
export type Lie = 'record' | 'signature' | 'tile'

export class Sumdb {
  log: SumdbLog
  /** Every path asked for, in order. */
  readonly requests: string[] = []
  /** Undefined is the truth. */
  lie: Lie | undefined
  /** Sizes that the log pretends to have; undefined for all that it holds. */
  size: number | undefined
  /** Answers only full tiles where they exist, as after a tile was completed. */
  forgetsPartial = false

  /** @param records the log starts with so many of no interest; above 512 there are full tiles and partial ones */
  constructor(name = 'sum.example.org', records = 600) {
    this.log = new SumdbLog(name)
    this.log.fill(records)
  }

  get name(): string {
    return this.log.name
  }

  /** The verifier key, for GOSUMDB. */
  get key(): string {
    return this.log.key
  }

  add(module: string, version: string, h1: string): number {
    return this.log.add(module, version, h1)
  }

  /** From now on shows another history, signed by the same key. */
  fork(): void {
    this.log = this.log.forked()
  }

  /** The document at a path, `/sumdb/<name>/…`; undefined when there is none: 404. */
  answer(path: string): Buffer | undefined {
    this.requests.push(path)
    const start = `/sumdb/${this.name}/`
    if (!path.startsWith(start)) return undefined
    const rest = path.slice(start.length)
    if (rest === 'supported') return Buffer.alloc(0)
    if (rest === 'latest') return Buffer.from(this.signedHead())
    if (rest.startsWith('tile/')) return this.tile(rest)
    return rest.startsWith('lookup/') ? this.lookup(rest.slice('lookup/'.length)) : undefined
  }

  /** For a server that serves other things too: answers when the path is the database's. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    if (!path.startsWith('/sumdb/')) return false
    const body = this.answer(path)
    response.writeHead(body === undefined ? 404 : 200).end(body ?? 'not found\n')
    return true
  }

  private lookup(escaped: string): Buffer | undefined {
    const [module = '', version = ''] = escaped.replaceAll(/!([a-z])/g, (_, l: string) => l.toUpperCase()).split('@')
    const id = this.log.numberOf(module, version)
    if (id === undefined) return undefined
    const record = this.log.record(id)
    // The byte is the hash's own, so that the record stays well-formed.
    const served = this.lie === 'record' ? record.replace(/(?<= h1:)./, (c) => (c === 'A' ? 'B' : 'A')) : record
    return Buffer.from(`${id}\n${served}\n${this.signedHead()}`)
  }

  private signedHead(): string {
    const note = this.log.signedHead(this.size)
    if (this.lie !== 'signature') return note
    // Well behind the key's hash and before the padding: a bad signature, neither another key's nor malformed.
    return note.replace(/(?<=— \S+ .{40})./, (c) => (c === 'A' ? 'B' : 'A'))
  }

  private tile(path: string): Buffer | undefined {
    if (this.forgetsPartial && path.includes('.p/') && this.log.tile(path.replace(/\.p\/\d+$/, ''))) return undefined
    const data = this.log.tile(path)
    if (data === undefined || this.lie !== 'tile' || !path.startsWith('tile/8/0/')) return data
    const bent = Buffer.from(data)
    bent[0] = (bent[0] ?? 0) ^ 1
    return bent
  }
}

export interface SumdbServer {
  sumdb: Sumdb
  /** The proxy's URL, for GOPROXY. */
  url: string
  close(): Promise<void>
}

/** Serves a database, and nothing else, as a module proxy does. */
export async function serveSumdb(sumdb = new Sumdb()): Promise<SumdbServer> {
  const server = createServer((request, response) => {
    if (!sumdb.handle(request, response)) response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // of a listening TCP server
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { sumdb, url: `http://127.0.0.1:${port}`, close }
}
