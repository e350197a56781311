import type { Run } from './events.mjs'
import type { Known } from './known.mjs'

export function judge(
  run: Run,
  rows: Known[],
): { passed: number; failed: number; known: number; skipped: number; notes: string[] }
