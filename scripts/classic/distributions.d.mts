export function makeDistributions(what: {
  version: string
  toolchain: string
  work: string
  mirror: string
  targets: string[]
  cc?: string
  cgo?: (target: string) => Record<string, string> | undefined
}): void
export function archiveName(version: string, target: string): string
