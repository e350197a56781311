import type { Row } from './statistics.mjs'

export interface Results {
  calls?: { rows: Row[] }
  startup?: { rows: Row[] }
  install?: { rows: Row[]; memory: { median: number; most: number } }
}

export interface Limit {
  what: string
  value: number | undefined
  limit: number
  unit: string
  verdict: 'ok' | 'missed' | 'not measured'
}

export function limitsOf(results: Results): Limit[]
