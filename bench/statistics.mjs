// The figures that are told of a list of samples. Medians, since a busy moment makes a sample longer and nothing makes
// it shorter.

/** The middle one; of an even number the mean of both, since a difference of medians is what a limit is held against. */
export function median(numbers) {
  return percentile(numbers, 0.5)
}

/** Between the two samples next to it in proportion, as most programs have it. `share` is 0 to 1. */
export function percentile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b)
  if (sorted.length === 0) throw new Error('no samples')
  const at = (sorted.length - 1) * share
  const below = sorted[Math.floor(at)]
  return below + (sorted[Math.ceil(at)] - below) * (at - Math.floor(at))
}

/** @returns {{median: number, p10: number, p90: number}} in the samples' unit, to a thousandth */
export function summary(samples) {
  const rounded = (share) => Number(percentile(samples, share).toFixed(3))
  return { median: rounded(0.5), p10: rounded(0.1), p90: rounded(0.9) }
}

/**
 * Rows in their order, each with its spread and what it is over its base row: `overhead`, the difference of the medians,
 * and `ratio`. Rows without a base have neither.
 * @param {{id: string, name: string, base?: string}[]} rows
 * @param {Map<string, number[]>} samples of each id
 */
export function compare(rows, samples) {
  const medianOf = (id) => median(samples.get(id) ?? [])
  return rows.map(({ id, name, base }) => {
    const row = { id, name, ...summary(samples.get(id) ?? []) }
    if (base === undefined) return row
    const [own, others] = [medianOf(id), medianOf(base)]
    return { ...row, base, overhead: Number((own - others).toFixed(3)), ratio: Number((own / others).toFixed(3)) }
  })
}
