export interface Row {
  goos: string
  goarch: string
  variant?: string
  libc?: string
  floor?: string
}
/** Of a file, the fields that `gonative inspect` has and the check reads. */
export interface Read {
  format: string
  kind: string
  bits: number | null
  endian: string | null
  machine: string | null
  abi: { float: string | null }
  os: string | null
  arch: string | null
  linkage: string | null
  interpreter: string | null
  libraries: string[]
  delayedLibraries: string[]
  glibc: string | null
  go: { version: string | null; settings: Record<string, string> } | null
  cgo: { linked: boolean | null } | null
}
export function wrongIn(file: Read, row: Row, program: { shared?: boolean }, goVersion: string): string[]
