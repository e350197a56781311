/** Comparing dotted numbers: `1.22.12`, `2.17`. Go's prereleases (`1.22rc1`) count as their release line. */

/** Negative, zero or positive, as `a` is older than, the same as or newer than `b`. Missing numbers are 0. */
export function compare(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Versions from `since` up to, but without, `before`; an open end where one is absent. */
export interface Span {
  since?: string
  before?: string
}

/** Whether a version is in a span; every version is in an absent one. */
export function within(version: string, span: Span | undefined): boolean {
  if (span?.since !== undefined && compare(version, span.since) < 0) return false
  return span?.before === undefined || compare(version, span.before) < 0
}

function numbers(version: string): number[] {
  return (/^\d+(\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number)
}
