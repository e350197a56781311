import type { Row } from './check.mjs'

export function rowsOf(
  targets: { target: string; grafted: boolean }[],
  only?: string[],
): (Row & { name: string; platform: string; target: string })[]
