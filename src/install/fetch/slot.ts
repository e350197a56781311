/**
 * An archive's place in the downloads' directory: `<key>` when it is whole, `<key>.partial` until then, and beside
 * either `<key>.json`, which says where it comes from and how a download can be resumed.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Archive } from '../../contract/index.js'
import { redact } from '../../io/redact.js'

export interface DownloadRecord {
  key: string
  /** Redacted: without user, password and query. */
  url: string
  /** The whole file's bytes, where the server said. */
  size?: number
  /** ETag or Last-Modified, as If-Range wants it. */
  validator?: string
  /** Of the whole file, once it is: a later damage shows, also where nothing is published. */
  sha256?: string
}

/** Readable, and one for each content as far as that is known: by its published digest, else by its URL. */
export function keyOf(archive: Archive): string {
  const order = ['sha256', 'sha512', 'sha1']
  const [digest] = archive.digests.toSorted((a, b) => order.indexOf(a.algorithm) - order.indexOf(b.algorithm))
  const identity =
    digest?.hex.toLowerCase() ??
    createHash('sha256')
      .update(redact(archive.urls[0] ?? ''))
      .digest('hex')
  return `${archive.name.replace(/[^\w.+-]/g, '_').replace(/^\.+/, '')}-${identity.replace(/[^0-9a-f]/g, '').slice(0, 12)}`
}

export class Slot {
  readonly whole: string
  readonly partial: string
  private readonly recordPath: string

  constructor(
    readonly directory: string,
    readonly key: string,
  ) {
    this.whole = join(directory, key)
    this.partial = `${this.whole}.partial`
    this.recordPath = `${this.whole}.json`
  }

  /** The record; undefined when there is none that can be read. */
  async record(): Promise<DownloadRecord | undefined> {
    try {
      const record = JSON.parse(await readFile(this.recordPath, 'utf8')) as Partial<DownloadRecord> | null // checked here:
      return record?.key === this.key && typeof record.url === 'string' ? (record as DownloadRecord) : undefined
    } catch {
      return undefined
    }
  }

  async note(record: Omit<DownloadRecord, 'key'>): Promise<void> {
    await mkdir(this.directory, { recursive: true })
    await writeFile(this.recordPath, `${JSON.stringify({ key: this.key, ...record }, undefined, 2)}\n`)
  }

  /** The partial file is the whole one from now on. */
  async complete(record: Omit<DownloadRecord, 'key'>): Promise<void> {
    await this.note(record)
    await rename(this.partial, this.whole)
  }

  async empty(): Promise<void> {
    await Promise.all([this.whole, this.partial, this.recordPath].map((path) => rm(path, { force: true })))
  }

  /** The slot whose whole file `path` is; undefined for any other file, such as a user's own. */
  static async of(path: string): Promise<Slot | undefined> {
    const slot = new Slot(join(path, '..'), basename(path))
    return (await slot.record()) ? slot : undefined
  }
}
