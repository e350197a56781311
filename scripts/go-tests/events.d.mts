export interface Run {
  cases: Map<string, { outcome: 'pass' | 'fail' | 'skip'; output: string }>
  failed: boolean
  output: string
}
export function readEvents(text: string): Run
