/** One file being written: measured on its way, held to the size that its archive gives for it. */
import { createHash, hash, type Hash } from 'node:crypto'
import { closeSync, futimesSync, writeSync } from 'node:fs'

/** What the sink reports, and the errors that it throws, made by whoever knows the entry's name. */
interface Outcome {
  tooLong(): Error
  tooShort(found: number): Error
  done(sha256: string): void
}

export class FileSink {
  private hash: Hash | undefined
  private sha256: string | undefined
  private written = 0

  /** Without `fd` the bytes are only measured. `time` is the file's modification time in seconds. */
  constructor(
    private readonly fd: number | undefined,
    private readonly size: number,
    private readonly time: number,
    private readonly outcome: Outcome,
  ) {}

  /** The error for an entry with more bytes than it says. */
  tooLong(): Error {
    return this.outcome.tooLong()
  }

  write(chunk: Uint8Array): void {
    this.written += chunk.length
    if (this.written > this.size) throw this.tooLong()
    // Most files come in one piece: without an object for each, which only a garbage collection frees, that is cheaper.
    if (chunk.length === this.size) this.sha256 = hash('sha256', chunk)
    else (this.hash ??= createHash('sha256')).update(chunk)
    if (this.fd === undefined) return
    for (let at = 0; at < chunk.length;) at += writeSync(this.fd, chunk, at)
  }

  /** Sets the time and closes the file. */
  end(): void {
    if (this.written < this.size) throw this.outcome.tooShort(this.written)
    if (this.fd !== undefined) {
      futimesSync(this.fd, this.time, this.time)
      closeSync(this.fd)
    }
    this.outcome.done(this.sha256 ?? (this.hash ?? createHash('sha256')).digest('hex'))
  }
}
