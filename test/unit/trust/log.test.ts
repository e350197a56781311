import { describe, expect, test } from 'vitest'
import type { LogCheck } from '../../../src/contract/index.js'
import { trust } from '../../../src/trust/trust.js'
import { SumdbLog } from '../../support/sumdb.js'

const log = new SumdbLog('sum.example.org')
log.fill(700)
const forked = log.forked()

interface Served {
  from?: SumdbLog
  size?: number
  remembered?: string
  record?: string
  fetched?: string[]
  bend?: string
}

function check(id: number, { from = log, size = 700, remembered, record, fetched, bend }: Served = {}) {
  const served: LogCheck = {
    id,
    record: record ?? from.record(id),
    head: from.head(size),
    async tile(path) {
      fetched?.push(path)
      const data = Buffer.from(from.tile(path) ?? [])
      if (path === bend) data[40] = (data[40] ?? 0) ^ 1
      return data
    },
  }
  return trust.checkLog(remembered === undefined ? served : { ...served, remembered })
}

const failing = (code: string) => expect.objectContaining({ code, exit: 3 }) as unknown

describe('a record', () => {
  test.each([0, 1, 255, 256, 511, 512, 699])('number %i is proven to be in the tree', async (id) => {
    expect(await check(id)).toEqual({ size: 700, remember: log.head(700) })
  })

  test.each([1, 2, 3, 255, 256, 257, 512, 513, 699])('is proven in a tree of %i records', async (size) => {
    await expect(check(size - 1, { size })).resolves.toMatchObject({ size })
    await expect(check(0, { size })).resolves.toMatchObject({ size })
  })

  test('that is not the one in the tree fails inclusion', async () => {
    const record = log.record(3).replace('h1:', 'h1:A')
    await expect(check(3, { record })).rejects.toThrow(failing('LOG_RECORD'))
    await expect(check(3, { record })).rejects.toThrow(/record 3 is not the one .* inclusion fails/)
    await expect(check(3, { record: log.record(4) })).rejects.toThrow(failing('LOG_RECORD'))
  })

  test('beyond the signed tree fails inclusion', async () => {
    await expect(check(600, { size: 600 })).rejects.toThrow(failing('LOG_RECORD'))
    await expect(check(-1)).rejects.toThrow(failing('LOG_RECORD'))
  })

  test('is proven through levels of tiles in a log of 70,000', async () => {
    const large = new SumdbLog('sum.example.org')
    large.fill(70_000)
    const fetched: string[] = []
    await check(300, { from: large, size: 70_000, remembered: large.head(66_000), fetched })
    expect(fetched).toContain('tile/8/2/000.p/1')
    expect(fetched).toContain('tile/8/1/000')
    expect(fetched).toContain('tile/8/0/001')
    expect(new Set(fetched).size).toBe(fetched.length)
    await expect(check(300, { from: large, size: 70_000, bend: 'tile/8/1/000' })).rejects.toThrow(
      'tile/8/1/000 is not of the signed tree of 70000 records',
    )
  })
})

describe('a tile', () => {
  test.each([
    ['that holds the record', 'tile/8/0/000'],
    ['of the right edge', 'tile/8/0/002.p/188'],
    ['above', 'tile/8/1/000.p/2'],
  ])('%s with one bit flipped is found out, and named', async (_, bend) => {
    await expect(check(5, { bend })).rejects.toThrow(failing('LOG_TILE'))
    await expect(check(5, { bend })).rejects.toThrow(bend)
  })

  test('that is cut short is found out', async () => {
    const short: LogCheck = { id: 5, record: log.record(5), head: log.head(), tile: async () => Buffer.alloc(32) }
    await expect(trust.checkLog(short)).rejects.toThrow(failing('LOG_TILE'))
    await expect(trust.checkLog(short)).rejects.toThrow(/has 32 bytes, not/)
  })

  test('that cannot be fetched ends the check with the reason of whoever fetches', async () => {
    const reason = new Error('no route')
    const unreachable = { id: 5, record: log.record(5), head: log.head(), tile: () => Promise.reject(reason) }
    await expect(trust.checkLog(unreachable)).rejects.toBe(reason)
  })
})

describe('the tree seen before', () => {
  test.each([0, 1, 255, 256, 500, 512, 699])('of %i records is a part of the one of 700', async (before) => {
    expect(await check(5, { remembered: log.head(before) })).toEqual({ size: 700, remember: log.head(700) })
  })

  test('may be the larger one: the smaller is checked against it and the larger stays remembered', async () => {
    const larger = log.head(700)
    expect(await check(5, { size: 400, remembered: larger })).toEqual({ size: 400, remember: larger })
  })

  test('of the same size must be the same', async () => {
    await expect(check(5, { remembered: log.head(700) })).resolves.toMatchObject({ size: 700 })
    await expect(check(5, { from: forked, remembered: log.head(700) })).rejects.toThrow(failing('LOG_FORK'))
  })

  test('that is no part of the new one is a fork: the log showed two faces', async () => {
    const fork = check(5, { from: forked, remembered: log.head(500) })
    await expect(fork).rejects.toThrow(failing('LOG_FORK'))
    await expect(check(5, { from: forked, remembered: log.head(500) })).rejects.toThrow(/showed two faces/)
  })

  test('that is larger than a forked one is a fork too, when its tiles can be had', async () => {
    const shown = { id: 5, record: log.record(5), head: forked.head(400), remembered: log.head(700) }
    const tile = async (path: string) => log.tile(path) ?? Buffer.alloc(0)
    await expect(trust.checkLog({ ...shown, tile })).rejects.toThrow(failing('LOG_FORK'))
  })

  test('that is no tree head is named as the remembered one', async () => {
    await expect(check(5, { remembered: 'gone\n' })).rejects.toThrow(failing('LOG_REMEMBERED'))
  })
})
