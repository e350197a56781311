/** `file:` URLs answer as a static server would: a closed network's mirror is often just a mounted directory. */
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeOf, noAnswer } from './failure.js'
import type { Download } from './io.js'
import { redact } from './redact.js'
import { UnreachableError } from '../errors.js'

const absent = new Set(['ENOENT', 'ENOTDIR'])

/**
 * The bytes of a file, or of a directory's index: its `index.html`, else a page of links to what is in it.
 * Undefined when there is no such file. @throws UnreachableError when it can't be read.
 */
export async function readFileUrl(url: string, limit: number): Promise<Uint8Array | undefined> {
  try {
    const path = fileURLToPath(url)
    const found = await stat(path)
    if (found.isDirectory()) return await indexOf(path)
    if (found.size > limit) throw new UnreachableError(`${redact(url)} is larger than ${limit} bytes`)
    return await readFile(path)
  } catch (error) {
    if (absent.has(codeOf(error) ?? '')) return undefined
    throw noAnswer(url, error)
  }
}

async function indexOf(path: string): Promise<Uint8Array> {
  const page = await readFile(join(path, 'index.html')).catch(() => undefined)
  if (page !== undefined) return page
  const entries = await readdir(path, { withFileTypes: true })
  const links = entries.map((entry) => encodeURIComponent(entry.name) + (entry.isDirectory() ? '/' : ''))
  return Buffer.from(links.map((href) => `<a href="${href}">${href}</a>\n`).join(''))
}

/** Streams a file from byte `from` on, by the same rules as over http. @throws UnreachableError */
export async function downloadFileUrl(url: string, from: number, validator?: string): Promise<Download> {
  try {
    const path = fileURLToPath(url)
    const { size, mtimeMs } = await stat(path)
    const now = `"${size}-${mtimeMs}"`
    const start = validator === undefined || validator === now ? from : 0
    if (start > 0 && start >= size) return { status: 416, size, validator: now, body: nothing() }
    const body = createReadStream(path, { start }) as AsyncIterable<Uint8Array> // no encoding is set: it yields bytes
    return { status: start > 0 ? 206 : 200, size, validator: now, body }
  } catch (error) {
    if (absent.has(codeOf(error) ?? '')) throw new UnreachableError(`${redact(url)}: no such file`, error)
    throw noAnswer(url, error)
  }
}

/** An empty body. */
export async function* nothing(): AsyncGenerator<Uint8Array> {
  // Nothing to yield.
}
