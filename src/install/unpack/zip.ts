/** Zips: every entry is judged before the first is written, then they are inflated one by one. */
import { closeSync, openSync, readSync } from 'node:fs'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import type * as Yauzl from 'yauzl'
import { GonativeError } from '../../errors.js'
import type { FileSink } from './file-sink.js'
import { pace } from './pace.js'
import type { TreeWriter } from './tree-writer.js'
import { corrupt, noTime, type UnpackProgress } from './unpacked.js'
import { windowReader } from './window-reader.js'
import { dataStart, zipEntries, type ZipEntry } from './zip-entries.js'

/** Entries up to this many bytes are inflated in one call; a stream for each costs ten times as much. */
const atOnce = 4 << 20

interface OpenZip {
  fd: number
  zip: Yauzl.ZipFile
  reader: Yauzl.RandomAccessReader
}

/** Unpacks a zip into the tree. @throws UNSAFE_ARCHIVE, CORRUPT_ARCHIVE */
export async function unpackZip(file: string, tree: TreeWriter, progress: UnpackProgress): Promise<void> {
  const yauzl = await import('yauzl')
  const fd = openSync(file, 'r')
  try {
    const reader = windowReader(yauzl, fd)
    // Names and sizes are judged by zip-entries.ts, by stricter rules than yauzl's.
    const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false }
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, reader.size, options)
    const entries = await zipEntries(zip, tree)
    let done = 0
    const breathe = pace(() => progress({ done, total: entries.length }))
    for (const entry of entries) {
      await unpackEntry({ fd, zip, reader }, entry, tree)
      done += 1
      await breathe()
    }
    progress({ done, total: entries.length })
  } catch (error) {
    // What is no system error comes from yauzl or zlib and is about the file's content.
    const known = error instanceof GonativeError || (error instanceof Error && 'syscall' in error)
    throw known ? error : corrupt(tree.archive.name, error)
  } finally {
    closeSync(fd)
  }
}

async function unpackEntry(open: OpenZip, entry: ZipEntry, tree: TreeWriter): Promise<void> {
  const start = await dataStart(open.zip, entry, tree.archive.name)
  if (entry.isDirectory) {
    tree.makeDirectory(entry)
    return
  }
  const size = entry.raw.uncompressedSize
  const sink = tree.create(entry, size, entry.executable, noTime)
  const small = size <= atOnce && entry.raw.compressedSize <= atOnce
  const crc = small ? inflateAtOnce(open, entry, start, sink) : await inflateInStream(open, entry, start, sink)
  sink.end()
  if (crc !== entry.raw.crc32)
    throw corrupt(tree.archive.name, `the checksum of ${JSON.stringify(entry.name)} is wrong`)
}

function inflateAtOnce({ reader }: OpenZip, { raw }: ZipEntry, start: number, sink: FileSink): number {
  const packed = Buffer.allocUnsafe(raw.compressedSize)
  reader.read(packed, 0, packed.length, start, (error) => {
    if (error) throw error
  })
  const data = raw.compressionMethod === 0 ? packed : inflate(packed, raw.uncompressedSize, sink)
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

async function inflateInStream({ fd }: OpenZip, { raw }: ZipEntry, start: number, sink: FileSink): Promise<number> {
  let crc = 0
  const packed = chunksOf(fd, start, start + raw.compressedSize)
  for await (const chunk of raw.compressionMethod === 0 ? packed : inflated(packed)) {
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
    const bytesRead = readSync(fd, chunk, 0, chunk.length, at)
    if (bytesRead === 0) throw new Error('it ends too early')
    at += bytesRead
    yield chunk.subarray(0, bytesRead)
  }
}
