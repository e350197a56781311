/**
 * The arithmetic of a transparency log, golang.org/x/mod/sumdb/tlog and RFC 6962: records are leaves of a binary tree
 * in which every full subtree's hash is final once written. Where Go numbers those hashes in one row (StoredHashIndex),
 * here they go by level and index; it is the same set, and needs no way back.
 */
import { createHash } from 'node:crypto'
import { decodeBase64 } from './base64.js'
import { refused } from './refused.js'

export type Hash = Buffer
export const hashSize = 32

export interface TreeHead {
  /** Number of records. */
  size: number
  hash: Hash
}

/** The full subtree over 2^level records from number index·2^level on; level 0 is a record. */
export interface Subtree {
  level: number
  index: number
}

/** A leaf's hash: SHA-256 over 0x00 and the record. */
export function recordHash(record: string | Uint8Array): Hash {
  return createHash('sha256').update(Uint8Array.of(0)).update(record).digest()
}

/** An inner node's hash: SHA-256 over 0x01 and its two children. */
export function nodeHash(left: Hash, right: Hash): Hash {
  return createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest()
}

/** The full subtrees that a tree of `size` records is made of, from the left: one for each bit of its size. */
export function subtreesOf(size: number): Subtree[] {
  const subtrees: Subtree[] = []
  let start = 0
  // Sums, not shifts: a log may grow past 2^31, and numbers are whole up to 2^53.
  for (let level = 52; level >= 0; level--) {
    const width = 2 ** level
    if (size - start < width) continue
    subtrees.push({ level, index: start / width })
    start += width
  }
  return subtrees
}

/** A tree's hash from those of `subtreesOf`, in their order: the small ones on the right are joined first. */
export function joinSubtrees(hashes: Hash[]): Hash {
  const last = hashes.at(-1)
  if (last === undefined) return createHash('sha256').digest()
  return hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last)
}

/**
 * Reads a tree head: `go.sum database tree`, the size, the hash in base64, a line each. Lines after them are for later.
 * @throws `code` when it is something else
 */
export function parseHead(text: string, code = 'LOG_HEAD'): TreeHead {
  const [title, count = '', base64 = '', ...rest] = text.split('\n')
  const size = Number(count)
  const hash = decodeBase64(base64, hashSize)
  const whole = /^(0|[1-9]\d*)$/.test(count) && Number.isSafeInteger(size)
  if (title !== 'go.sum database tree' || !whole || hash === undefined || rest.length === 0)
    throw refused(code, `the log's tree head is malformed: ${JSON.stringify(text.slice(0, 200))}`)
  return { size, hash }
}
