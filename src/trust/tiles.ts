/**
 * A log's hashes as it serves them: tiles of height 8. A tile of level L holds up to 256 neighbouring hashes of tree
 * level 8·L, and the eight levels above follow from them. Full tiles never change; the last of a level may be partial.
 * golang.org/x/mod/sumdb/tlog, type Tile.
 */
import { hashSize, nodeHash, type Hash, type Subtree } from './tlog.js'

const height = 8
const fullWidth = 2 ** height

export interface Tile {
  level: number
  index: number
  /** Hashes in it, 1 to 256. */
  width: number
}

/** The tile that holds or implies a subtree's hash, as wide as it is in a tree of `size` records. */
export function tileOf(subtree: Subtree, size: number): Tile {
  const level = Math.floor(subtree.level / height)
  const index = Math.floor((subtree.index * 2 ** (subtree.level % height)) / fullWidth)
  const hashes = Math.floor(size / fullWidth ** level)
  return { level, index, width: Math.min(fullWidth, hashes - index * fullWidth) }
}

/** The tile in which a full tile's own hash stands. */
export function parentOf(tile: Tile, size: number): Tile {
  return tileOf(rootOf(tile), size)
}

/** A full tile as the subtree that it is. */
export function rootOf(tile: Tile): Subtree {
  return { level: (tile.level + 1) * height, index: tile.index }
}

/** A subtree's hash out of the data of its tile. */
export function hashIn(data: Uint8Array, subtree: Subtree): Hash {
  const count = 2 ** (subtree.level % height)
  const first = (subtree.index * count) % fullWidth
  return hashOver(Buffer.from(data).subarray(first * hashSize, (first + count) * hashSize))
}

/** The hash over a power of two of neighbouring hashes. */
export function hashOver(hashes: Buffer): Hash {
  if (hashes.length === hashSize) return hashes
  const middle = hashes.length / 2
  return nodeHash(hashOver(hashes.subarray(0, middle)), hashOver(hashes.subarray(middle)))
}

/** Where a tile is: `tile/8/0/x001/234.p/7`. Three digits a directory, `x` before all but the last. */
export function tilePath(tile: Tile): string {
  const digits = String(tile.index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? []
  const index = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${height}/${tile.level}/${index}${tile.width < fullWidth ? `.p/${tile.width}` : ''}`
}
