/** The directory hash of golang.org/x/mod/sumdb/dirhash, Hash1. */
import { createHash } from 'node:crypto'

export interface HashedFile {
  name: string
  /** Lower case hexadecimal. */
  sha256: string
}

/**
 * `h1:` and the base64 of SHA-256 over a line `hex  name` for each file, sorted by the names' bytes.
 * @throws Error when a name holds a newline, which could pass for another file's line
 */
export function hash1(files: HashedFile[]): string {
  const hash = createHash('sha256')
  const sorted = files.map((file) => ({ ...file, bytes: Buffer.from(file.name) }))
  // By bytes, as Go sorts: JavaScript's own order differs beyond the basic plane.
  sorted.sort((a, b) => Buffer.compare(a.bytes, b.bytes))
  for (const { name, sha256 } of sorted) {
    if (name.includes('\n')) throw new Error(`a file's name holds a newline: ${JSON.stringify(name)}`)
    hash.update(`${sha256}  ${name}\n`)
  }
  return `h1:${hash.digest('base64')}`
}
