export interface Known {
  package: string
  test: string
  targets: string[]
  reason: string
  evidence: string
  crashes?: boolean
  sometimes?: boolean
}
export function knownFailures(): Known[]
export function knownFor(name: string, target: string, table?: Known[]): Known[]
export function explains(rows: Known[], test: string): Known | undefined
export function skipPattern(rows: Known[]): string[]
