/**
 * A file, or a part of one (a slice of a universal file, a member of an archive), read by ranges: some pages are kept
 * in memory, never the file. Nothing outside the part can be read, whatever a header says.
 */
import { open, stat, type FileHandle } from 'node:fs/promises'
import { GonativeError, isSystemError } from '../errors.js'
import { damaged } from './damaged.js'
import { Fields } from './fields.js'

const pageSize = 64 * 1024
const pagesKept = 16
/** The most that is read in one piece, in bytes: headers and tables of real programs are far below it. */
const mostInOnePiece = 32 * 1024 * 1024

export class Source {
  private constructor(
    /** For messages: the path, and the part's name. */
    readonly name: string,
    private readonly pages: Pages,
    private readonly start: number,
    /** In bytes. */
    readonly size: number,
  ) {}

  /** @throws GonativeError if there is no such file, or it is none (a directory, a pipe) */
  static async open(path: string): Promise<Source> {
    // Before opening: to open a pipe would wait for its writer.
    const found = await stat(path).catch((error: unknown) => {
      throw notReadable(path, error)
    })
    if (!found.isFile()) {
      throw new GonativeError('NOT_A_FILE', `${path}: not a file`, { hint: 'inspect takes built files.' })
    }
    const handle = await open(path, 'r').catch((error: unknown) => {
      throw notReadable(path, error)
    })
    return new Source(path, new Pages(handle), 0, found.size)
  }

  async close(): Promise<void> {
    await this.pages.handle.close()
  }

  /**
   * A part of this one, as a source of its own.
   * @param at offset in this one, in bytes
   */
  part(at: number, size: number, name: string): Source {
    this.check(at, size, name)
    return new Source(`${this.name}(${name})`, this.pages, this.start + at, size)
  }

  /**
   * Exactly these bytes. Not to be written to: pages are shared.
   * @param what what they are, for the message
   * @throws GonativeError FILE_DAMAGED when they are not all there, or absurdly many
   */
  async bytes(at: number, length: number, what: string): Promise<Buffer> {
    this.check(at, length, what)
    if (length > mostInOnePiece) throw this.damaged(`${what} claims ${length} bytes`, at)
    const read = await this.pages.read(this.start + at, length)
    if (read.length < length) throw this.damaged(`${what} could not be read: the file has become shorter`, at)
    return read
  }

  /** The same, to take numbers from. */
  async fields(at: number, length: number, what: string, little: boolean): Promise<Fields> {
    return new Fields(await this.bytes(at, length, what), little, (why, inside) =>
      this.damaged(`${what} ${why}`, at + inside),
    )
  }

  /** Up to its NUL, as UTF-8. @param most how long it may be, in bytes */
  async text(at: number, what: string, most = 64 * 1024): Promise<string> {
    this.check(at, 1, what)
    for (let length = Math.min(256, this.size - at); ; length = Math.min(length * 4, this.size - at, most)) {
      const read = await this.bytes(at, length, what)
      const end = read.indexOf(0)
      if (end !== -1) return read.toString('utf8', 0, end)
      if (length >= Math.min(this.size - at, most)) throw this.damaged(`${what} has no end`, at)
    }
  }

  /** @throws GonativeError unless `length` bytes at `at` are inside */
  check(at: number, length: number, what: string): void {
    if (at >= 0 && length >= 0 && at + length <= this.size) return
    throw this.damaged(`${what}: ${length} bytes are claimed, and it ends at 0x${this.size.toString(16)}`, at)
  }

  /** The error, for whoever read it, at an offset in this source. */
  damaged(what: string, at: number): GonativeError {
    return damaged(this.name, what, at)
  }
}

function notReadable(path: string, error: unknown): unknown {
  if (!isSystemError(error, 'ENOENT', 'ENOTDIR')) return error
  return new GonativeError('FILE_NOT_FOUND', `${path}: no such file`, { exit: 'missing' })
}

/** The pages of a file last used. */
class Pages {
  private readonly kept = new Map<number, Buffer>()

  constructor(readonly handle: FileHandle) {}

  /** What there is of these bytes. */
  async read(at: number, length: number): Promise<Buffer> {
    const first = Math.floor(at / pageSize)
    if (first !== Math.floor((at + Math.max(length, 1) - 1) / pageSize)) return this.load(at, length)
    const page = this.kept.get(first) ?? (await this.load(first * pageSize, pageSize))
    this.kept.delete(first)
    this.kept.set(first, page)
    const [oldest] = this.kept.keys()
    if (this.kept.size > pagesKept && oldest !== undefined) this.kept.delete(oldest)
    return page.subarray(at - first * pageSize, at - first * pageSize + length)
  }

  private async load(at: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length)
    let filled = 0
    while (filled < length) {
      const { bytesRead } = await this.handle.read(buffer, filled, length - filled, at + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return buffer.subarray(0, filled)
  }
}
