/**
 * Reads hashes out of a log so that each is proven to be in the signed tree, as Go's TileHashReader does: the tiles on
 * the tree's right edge must add up to the signed hash, and every further tile must have the hash that its parent
 * holds. Reading a record's leaf this way *is* the inclusion proof. All tiles are known beforehand, so all are fetched
 * at once, each one time.
 */
import { refused } from './refused.js'
import { hashIn, hashOver, parentOf, rootOf, tileOf, tilePath, type Tile } from './tiles.js'
import { hashSize, joinSubtrees, subtreesOf, type Hash, type Subtree, type TreeHead } from './tlog.js'

export type FetchTile = (path: string) => Promise<Uint8Array>

/**
 * @param wanted subtrees that lie wholly in the tree
 * @returns their hashes, in that order
 * @throws LOG_TILE when a tile has the wrong length or isn't the signed tree's; what `fetchTile` throws goes through
 */
export async function readHashes(head: TreeHead, wanted: Subtree[], fetchTile: FetchTile): Promise<Hash[]> {
  const { edges, inner } = planTiles(head.size, wanted)
  const data = await fetchTiles([...edges, ...inner], fetchTile)
  const hashOf = (subtree: Subtree): Hash => hashIn(dataOf(data, tileOf(subtree, head.size)), subtree)

  if (!joinSubtrees(subtreesOf(head.size).map(hashOf)).equals(head.hash)) throw wrongTiles(edges, head)
  // Parents come before their children, so each is held against one that is proven already.
  for (const tile of inner)
    if (!hashOver(dataOf(data, tile)).equals(hashOf(rootOf(tile)))) throw wrongTiles([tile], head)
  return wanted.map(hashOf)
}

/** The tiles of the right edge, and those between them and what is wanted, parents first. */
function planTiles(size: number, wanted: Subtree[]): { edges: Tile[]; inner: Tile[] } {
  const planned = new Set<string>()
  const add = (tiles: Tile[]): Tile[] =>
    tiles.filter((tile) => !planned.has(tilePath(tile)) && planned.add(tilePath(tile)))
  const edges = add(subtreesOf(size).map((subtree) => tileOf(subtree, size)))
  const inner = wanted.flatMap((subtree) => {
    const below: Tile[] = []
    // The way up ends: the topmost tile of a tree is on its right edge.
    for (let tile = tileOf(subtree, size); !planned.has(tilePath(tile)); tile = parentOf(tile, size))
      below.unshift(tile)
    return add(below)
  })
  return { edges, inner }
}

async function fetchTiles(tiles: Tile[], fetchTile: FetchTile): Promise<Map<string, Buffer>> {
  const fetched = tiles.map(async (tile): Promise<[string, Buffer]> => {
    const path = tilePath(tile)
    const data = Buffer.from(await fetchTile(path))
    if (data.length !== tile.width * hashSize)
      throw refused('LOG_TILE', `the log's tile ${path} has ${data.length} bytes, not ${tile.width * hashSize}`)
    return [path, data]
  })
  return new Map(await Promise.all(fetched))
}

function dataOf(data: Map<string, Buffer>, tile: Tile): Buffer {
  const found = data.get(tilePath(tile))
  if (found === undefined) throw new Error(`tile ${tilePath(tile)} was not planned`)
  return found
}

function wrongTiles(tiles: Tile[], head: TreeHead): Error {
  const [one, ...others] = tiles.map(tilePath)
  const which =
    others.length === 0 ? `tile ${one ?? ''} is` : `tiles ${[one, ...others].join(', ')}, or one of them, are`
  return refused('LOG_TILE', `the log's ${which} not of the signed tree of ${head.size} records`)
}
