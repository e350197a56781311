import { describe, expect, it } from 'vitest'
import { chartOf } from '../../../bench/chart.mjs'
import { limitsOf, type Limit } from '../../../bench/limits.mjs'
import { compare, median, percentile, type Row } from '../../../bench/statistics.mjs'
import { tableOf } from '../../../bench/table.mjs'

const row = (id: string, time: number, base?: string, from = 0): Row => {
  const plain = { id, name: `what ${id} is`, median: time, p10: time * 0.9, p90: time * 1.2 }
  return base === undefined ? plain : { ...plain, base, overhead: time - from, ratio: time / from }
}
const shims = ['shim', 'shim-pin', 'shim-20', 'shim-deep', 'shim-pin-deep']
const calls = {
  rows: [
    row('direct', 2),
    ...shims.map((id) => row(id, 3, 'direct', 2)),
    row('asdf', 10, 'direct', 2),
    row('mise', 62, 'direct', 2),
    row('true', 1),
    row('exec', 2, 'true', 1),
  ],
}
const install = {
  rows: [row('gonative', 1900), row('switch', 4000), row('unzip', 2000)],
  memory: { median: 150, most: 180 },
}
const startup = {
  rows: [
    row('node', 50),
    ...['version', 'version-launcher'].map((id) => row(id, 80, 'node', 50)),
    ...['list', 'list-launcher'].map((id) => row(id, 100, 'node', 50)),
  ],
}
const about = {
  date: '2026-11-21T12:00:00.000Z',
  machine: { cpu: 'a <fast> one', cores: 2, system: 'Linux' },
  versions: { go: '1.27.4', mise: '2026.9' },
  missing: [{ peer: 'goenv', why: 'there is no goenv here' }],
}
const missed = (limits: Limit[]): string[] =>
  limits.filter(({ verdict }) => verdict === 'missed').map(({ what }) => what)

describe('statistics of samples', () => {
  it('the median of an even number is between the middle two, whatever their order', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([30, 4, 5])).toBe(5)
  })

  it('a percentile lies between samples in proportion', () => {
    expect(percentile([0, 10, 20, 30, 40], 0.1)).toBe(4)
    expect(percentile([7], 0.9)).toBe(7)
    expect(() => percentile([], 0.5)).toThrow('no samples')
  })

  it('a row is set against its base by the difference and the ratio of their medians', () => {
    const samples = new Map([
      ['direct', [2, 2, 9]],
      ['shim', [3, 2.5, 3]],
    ])
    const [direct, shim] = compare(
      [
        { id: 'direct', name: 'go' },
        { id: 'shim', name: 'the shim', base: 'direct' },
      ],
      samples,
    )
    expect(direct).toEqual({ id: 'direct', name: 'go', median: 2, p10: 2, p90: 7.6 })
    expect(shim).toMatchObject({ base: 'direct', overhead: 1, ratio: 1.5 })
  })
})

describe('the limits', () => {
  it('hold for results that are good', () => {
    expect(missed(limitsOf({ calls, startup, install }))).toEqual([])
    expect(limitsOf({ calls, startup, install })).toHaveLength(15)
  })

  it('say what is missed: the slowest shim counts against the peers', () => {
    const slow = calls.rows.map((each) => (each.id === 'shim-20' ? row('shim-20', 3.9, 'direct', 2) : each))
    expect(missed(limitsOf({ calls: { rows: slow } }))).toEqual([
      'what shim-20 is: over go itself',
      'the slowest of these over asdf',
      'the slowest of these over mise',
    ])
    const memory = { median: 150, most: 201 }
    expect(missed(limitsOf({ install: { ...install, memory } }))).toEqual(['install: peak resident memory'])
  })

  it('are left open for a peer that was not there, and left out for a part that was not measured', () => {
    const without = calls.rows.filter(({ id }) => id !== 'mise')
    const open = limitsOf({ calls: { rows: without } }).filter(({ verdict }) => verdict === 'not measured')
    expect(open.map(({ what }) => what)).toEqual(['the slowest of these over mise'])
    expect(limitsOf({ startup }).map(({ limit }) => limit)).toEqual([1.8, 1.8, 2.2, 2.2])
  })
})

describe('what is shown', () => {
  const results = { ...about, calls, startup, install }

  it('the table has every row, what was left out and why, and the limits', () => {
    const text = tableOf({ ...results, limits: limitsOf(results) })
    expect(text).toMatch(/what shim is +3\.00 +2\.70 +3\.60 +\+1\.00 what direct is/)
    expect(text).toContain('left out: goenv: there is no goenv here')
    expect(text).toMatch(/install over unzip +0\.950 × +1\.00 × +ok/)
  })

  it('the chart is drawn from the results, longer bars for larger values, its texts escaped', () => {
    const svg = chartOf(results)
    const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width))
    const [shim = 0, asdf = 0, mise = 0] = [widths[0], widths[5], widths[6]]
    expect(widths).toHaveLength(7 + 5 + 3)
    expect(shim).toBeLessThan(asdf)
    expect(asdf).toBeLessThan(mise)
    expect(svg).toContain('a &lt;fast&gt; one')
    expect(svg).not.toContain('NaN')
  })

  it('a way that came out quicker than its base has the shortest bar, and its value', () => {
    const rows = [row('direct', 2), row('shim', 1.9, 'direct', 2), row('mise', 62, 'direct', 2)]
    const svg = chartOf({ ...results, calls: { rows } })
    expect(svg).toMatch(/<rect [^>]*width="1"/)
    expect(svg).toContain('>-0.10<')
    expect(svg).not.toContain('NaN')
  })
})
