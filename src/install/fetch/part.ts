/** The part of a download that is there: its file, its measure so far, and what it is a part of. */
import { mkdir, open, type FileHandle } from 'node:fs/promises'
import type { Archive } from '../../contract/index.js'
import { redact } from '../../io/redact.js'
import type { Download } from '../../io/io.js'
import { algorithmsOf, digestsOfFile, RunningDigests } from './digests.js'
import type { DownloadRecord, Slot } from './slot.js'

type Record = Omit<DownloadRecord, 'key'>

export class Part {
  /** The most bytes that were ever there. */
  most: number
  /** What writing failed with. */
  failure: unknown

  private constructor(
    private readonly slot: Slot,
    private readonly archive: Archive,
    private readonly file: FileHandle,
    private record: Record,
    public running: RunningDigests,
  ) {
    this.most = running.size
  }

  /** Opens what an earlier try left of `url`, measured, or an empty file when that can't be resumed. */
  static async open(slot: Slot, archive: Archive, url: string): Promise<Part> {
    await mkdir(slot.directory, { recursive: true })
    const file = await open(slot.partial, 'a')
    try {
      const algorithms = algorithmsOf(archive)
      const record = await slot.record()
      const resumable = record?.validator !== undefined && record.url === redact(url)
      const running = resumable ? await digestsOfFile(slot.partial, algorithms) : new RunningDigests(algorithms)
      const part = new Part(slot, archive, file, resumable ? record : { url: redact(url) }, running)
      if (!resumable || part.size > (record.size ?? Infinity)) await part.restart({ url: redact(url) })
      return part
    } catch (error) {
      await file.close()
      throw error
    }
  }

  get size(): number {
    return this.running.size
  }

  /** Bytes of the whole file, where that is known. */
  get total(): number | undefined {
    return this.record.size ?? this.archive.size
  }

  /** Nothing is missing: a process ended between the last byte and the renaming. */
  get isWhole(): boolean {
    return this.size > 0 && this.size === this.record.size
  }

  /** What to ask the server for. */
  resumption(): { from?: number; validator?: string } {
    const { validator } = this.record
    return this.size === 0 || validator === undefined ? {} : { from: this.size, validator }
  }

  /** Whether an answer goes on where this part ends: servers are known to ignore If-Range. */
  isContinuedBy({ status, size, validator }: Download): boolean {
    if (status !== 206 || this.size === 0) return false
    const sameFile = validator === undefined || validator === this.record.validator
    return sameFile && (size === undefined || this.record.size === undefined || size === this.record.size)
  }

  /** Begins anew, as part of what `record` says. */
  async restart(record: Record): Promise<void> {
    this.record = record
    this.running = new RunningDigests(algorithmsOf(this.archive))
    if ((await this.file.stat()).size > 0) await this.file.truncate(0)
    await this.slot.note(record)
  }

  async append(chunk: Uint8Array): Promise<void> {
    try {
      await this.file.appendFile(chunk)
    } catch (error) {
      this.failure = error
      throw error
    }
    this.running.update(chunk)
    this.most = Math.max(this.most, this.size)
  }

  /** Makes it the whole file. */
  async complete(): Promise<void> {
    const sha256 = this.running.digests().sha256 ?? ''
    await this.slot.complete({ ...this.record, size: this.size, sha256 })
  }

  close(): Promise<void> {
    return this.file.close()
  }
}

/** What an answer from the start says about the file. */
export function recordOf(url: string, { size, validator }: Download): Record {
  return {
    url: redact(url),
    ...(size === undefined ? {} : { size }),
    ...(validator === undefined ? {} : { validator }),
  }
}
