import type { Results } from './limits.mjs'

export function chartOf(
  results: Required<Results> & {
    date: string
    machine: { cpu: string; cores: number }
    versions: { go: string }
  },
): string
