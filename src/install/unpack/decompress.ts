/** A compressed file's content as a stream of chunks, with bounded memory. */
import { createReadStream } from 'node:fs'
import { Readable, pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { corrupt } from './unpacked.js'

/** Yields the decompressed bytes; `name` is the archive's, for errors. @throws CORRUPT_ARCHIVE, system errors */
export async function* decompress(file: string, format: 'tar.gz' | 'tar.xz', name: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file, { highWaterMark: 256 << 10 })
  try {
    yield* format === 'tar.gz' ? gunzip(source) : unxz(source)
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? error : corrupt(name, error)
  } finally {
    source.destroy()
  }
}

async function* gunzip(source: Readable): AsyncGenerator<Buffer> {
  const gunzipped = pipeline(source, createGunzip({ chunkSize: 256 << 10 }), () => {
    // an error also ends the iteration below
  })
  for await (const chunk of gunzipped as AsyncIterable<Buffer>) yield chunk // a zlib stream's chunks are buffers
}

async function* unxz(source: Readable): AsyncGenerator<Buffer> {
  const { default: xz } = await import('xz-decompress')
  // Node's types have two names for the one web stream.
  const chunks = new xz.XzReadableStream(Readable.toWeb(source) as ReadableStream<Uint8Array>)
  for await (const chunk of chunks) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}
