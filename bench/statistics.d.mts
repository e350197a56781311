export interface Row {
  id: string
  name: string
  median: number
  p10: number
  p90: number
  base?: string
  overhead?: number
  ratio?: number
}

export function median(numbers: readonly number[]): number
export function percentile(numbers: readonly number[], share: number): number
export function compare(
  rows: readonly { id: string; name: string; base?: string }[],
  samples: ReadonlyMap<string, readonly number[]>,
): Row[]
