/** One file of a zip: what a thread has to know to inflate, measure and write it, and what comes of it. */
import { closeSync, openSync, readSync } from 'node:fs'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import { FileSink } from './file-sink.js'
import { noTime } from './unpacked.js'

/** Plain data, so that it can be sent to a thread. Sizes and offsets are bytes. */
export interface ZipJob {
  /** Where the file's data begins in the zip. */
  start: number
  packed: number
  size: number
  crc32: number
  deflated: boolean
  /** The file to create; without it the data is only measured. */
  to?: string
  mode: number
}

/** The file's sha256, or what is wrong with its entry: `unsafe` and `corrupt` are clauses about it. */
export type ZipOutcome = { sha256: string } | { unsafe: string } | { corrupt: string }

/** Entries up to this many bytes are inflated in one call; a stream for each costs ten times as much. */
const atOnce = 1 << 20

/** Each thread's own: what it reads into is done with before the next entry. */
const scratch = Buffer.allocUnsafe(atOnce)

class Flaw extends Error {}

/** Does one job from the open zip. What it has written of a bad entry stays. @throws system errors */
export async function doZipJob(fd: number, job: ZipJob): Promise<ZipOutcome> {
  let out: number | undefined
  try {
    out = job.to === undefined ? undefined : openSync(job.to, 'wx', job.mode)
    let sha256 = ''
    const sink = new FileSink(out, job.size, noTime, {
      tooLong: () => new Flaw(`holds more than the ${job.size} bytes that it says`),
      tooShort: (found) => new Flaw(`holds ${found} bytes and says ${job.size}`),
      done: (digest) => (sha256 = digest),
    })
    const small = job.size <= atOnce && job.packed <= atOnce
    const crc = small ? inflateAtOnce(fd, job, sink) : await inflateInStream(fd, job, sink)
    sink.end()
    out = undefined // closed
    return crc === job.crc32 ? { sha256 } : { corrupt: 'its checksum is wrong' }
  } catch (error) {
    if (error instanceof Flaw) return { unsafe: error.message }
    if (!(error instanceof Error)) throw error
    if ('code' in error && error.code === 'EEXIST') return { unsafe: 'is in the toolchain already' }
    // What is no system error comes from zlib and is about the file's content.
    if ('syscall' in error) throw error
    return { corrupt: error.message }
  } finally {
    if (out !== undefined) closeSync(out)
  }
}

function inflateAtOnce(fd: number, { start, packed, size, deflated }: ZipJob, sink: FileSink): number {
  const raw = scratch.subarray(0, packed)
  for (let at = 0; at < packed;) at += readInto(raw, at, fd, start)
  const data = deflated ? inflate(raw, size, sink) : raw
  sink.write(data)
  return crc32(data)
}

/** One byte more than the entry says is enough to see that it lies. */
function inflate(packed: Buffer, size: number, sink: FileSink): Buffer {
  try {
    return inflateRawSync(packed, { chunkSize: Math.max(64, size + 1), maxOutputLength: size + 1 })
  } catch (error) {
    if (error instanceof RangeError) throw sink.tooLong()
    throw error
  }
}

async function inflateInStream(fd: number, { start, packed, deflated }: ZipJob, sink: FileSink): Promise<number> {
  let crc = 0
  const raw = chunksOf(fd, start, start + packed)
  for await (const chunk of deflated ? inflated(raw) : raw) {
    sink.write(chunk)
    crc = crc32(chunk, crc)
  }
  return crc
}

async function* inflated(packed: Iterable<Buffer>): AsyncGenerator<Buffer> {
  const stream = pipeline(packed, createInflateRaw({ chunkSize: 256 << 10 }), () => {
    // an error also ends the iteration below
  })
  for await (const chunk of stream as AsyncIterable<Buffer>) yield chunk // a zlib stream's chunks are buffers
}

/** Not a read stream: destroyed, it would close a descriptor that is not its own, whatever `autoClose` says. */
function* chunksOf(fd: number, start: number, end: number): Generator<Buffer> {
  for (let at = start; at < end;) {
    const chunk = Buffer.allocUnsafe(Math.min(256 << 10, end - at))
    const read = readInto(chunk, 0, fd, at)
    at += read
    yield chunk.subarray(0, read)
  }
}

/** Fills a buffer from `at` on with what is as far behind `start`. @returns bytes */
function readInto(buffer: Buffer, at: number, fd: number, start: number): number {
  const read = readSync(fd, buffer, at, buffer.length - at, start + at)
  if (read === 0) throw new Error('it ends too early')
  return read
}
