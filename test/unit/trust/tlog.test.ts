import { describe, expect, test } from 'vitest'
import { hashIn, parentOf, tileOf, tilePath } from '../../../src/trust/tiles.js'
import { joinSubtrees, nodeHash, parseHead, recordHash, subtreesOf } from '../../../src/trust/tlog.js'
import { SumdbLog } from '../../support/sumdb.js'

const log = new SumdbLog('sum.example.org')
log.fill(600)

describe('the tree of a log', () => {
  test("has Certificate Transparency's published root over its eight test leaves", () => {
    const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
    const [a, b, c, d, e, f, g, h] = leaves.map((hex) => recordHash(Buffer.from(hex, 'hex')))
    if (!a || !b || !c || !d || !e || !f || !g || !h) throw new Error('eight leaves')
    const root = nodeHash(nodeHash(nodeHash(a, b), nodeHash(c, d)), nodeHash(nodeHash(e, f), nodeHash(g, h)))
    expect(a.toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
    expect(root.toString('hex')).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
  })

  test.each([0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 600])(
    'of %i records is joined from its full subtrees',
    (size) => {
      const hashes = subtreesOf(size).map(({ level, index }) => {
        const first = index * 2 ** level
        return log.treeHash(first, first + 2 ** level)
      })
      expect(joinSubtrees(hashes)).toEqual(log.treeHash(0, size))
    },
  )

  test('may be larger than 32 bits count', () => {
    expect(subtreesOf(2 ** 40 + 5)).toEqual([
      { level: 40, index: 0 },
      { level: 2, index: 2 ** 38 },
      { level: 0, index: 2 ** 40 + 4 },
    ])
  })
})

describe('a tree head', () => {
  const hash = 'O0jlIxwRb2vZYS1na726XLlaDCtCqKUVLld+AY32AGA='
  test('is read, and lines that a later version adds are let be', () => {
    const head = parseHead(`go.sum database tree\n12\n${hash}\nmore\n`)
    expect([head.size, head.hash.toString('base64')]).toEqual([12, hash])
  })

  test.each([
    ['of another kind', `go.sum database tree v2\n12\n${hash}\n`],
    ['with a size that is not plain', `go.sum database tree\n012\n${hash}\n`],
    ['with a size beyond whole numbers', `go.sum database tree\n9007199254740993\n${hash}\n`],
    ['with a short hash', `go.sum database tree\n12\n${hash.slice(4)}\n`],
    ['without its last newline', `go.sum database tree\n12\n${hash}`],
  ])('%s is malformed', (_, text) => {
    expect(() => parseHead(text)).toThrow(expect.objectContaining({ code: 'LOG_HEAD', exit: 3 }))
  })
})

describe('a tile', () => {
  test.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/8/0/000'],
    [{ level: 0, index: 999, width: 256 }, 'tile/8/0/999'],
    [{ level: 0, index: 1234, width: 7 }, 'tile/8/0/x001/234.p/7'],
    [{ level: 2, index: 123456789, width: 256 }, 'tile/8/2/x123/x456/789'],
    [{ level: 3, index: 0, width: 4 }, 'tile/8/3/000.p/4'],
  ])('%o is at %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path)
  })

  test('is as wide as its tree lets it be, and its parent is where its own hash is', () => {
    const leaf = tileOf({ level: 0, index: 71124599 }, 71769961)
    expect(tilePath(leaf)).toBe('tile/8/0/x277/830')
    expect(tilePath(parentOf(leaf, 71769961))).toBe('tile/8/1/x001/085')
    expect(tilePath(tileOf({ level: 0, index: 71769960 }, 71769961))).toBe('tile/8/0/x280/351.p/105')
    expect(tilePath(tileOf({ level: 24, index: 3 }, 71769961))).toBe('tile/8/3/000.p/4')
  })

  test.each([
    { level: 0, index: 300 },
    { level: 3, index: 40 },
    { level: 7, index: 1 },
    { level: 8, index: 1 },
    { level: 9, index: 0 },
  ])('gives the hash of the subtree %o', (subtree) => {
    const data = log.tile(tilePath(tileOf(subtree, log.size)))
    const first = subtree.index * 2 ** subtree.level
    expect(hashIn(data ?? Buffer.alloc(0), subtree)).toEqual(log.treeHash(first, first + 2 ** subtree.level))
  })
})
