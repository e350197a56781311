import type { Limit, Results } from './limits.mjs'

export function tableOf(
  results: Results & {
    date: string
    machine: { cpu: string; cores: number; system: string }
    versions: Record<string, string>
    missing: { peer: string; why: string }[]
    limits: Limit[]
  },
): string
