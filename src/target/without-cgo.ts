/** Why Go itself has no cgo for a platform, and what to do instead. Rows are about Go; what a C compiler lacks, strategies say. */
import { cgoFrom } from './platforms.js'

export interface WithoutCgo {
  reason: string
  remedy: string | null
  /** A URL. */
  see: string | null
}

interface Row {
  goos: string
  goarch?: string
  reason: string
  remedy?: string
  see?: string
}

const rows: Row[] = [
  {
    goos: 'js',
    reason: 'Go has no cgo for WebAssembly',
    remedy: 'C and Go can only be put together from two modules, each built alone',
    see: 'https://go.dev/issue/55351',
  },
  {
    goos: 'wasip1',
    reason: 'Go has no cgo for WebAssembly',
    remedy: 'C and Go can only be put together from two modules, each built alone',
    see: 'https://go.dev/issue/55351',
  },
  // No C compiler is asked for: the compilers of Plan 9 make objects that Go's linker does not read.
  { goos: 'plan9', reason: 'Go has no cgo for Plan 9' },
  {
    goos: 'nacl',
    reason: 'Go has no cgo for Native Client, and left it after 1.13',
    see: 'https://go.dev/issue/30439',
  },
  {
    goos: 'windows',
    goarch: 'arm',
    reason: 'Go has no cgo for it, and left it after 1.23',
    see: 'https://go.dev/issue/71671',
  },
  // CgoSupported in internal/platform/zosarch.go; runtime/cgo has nothing for it.
  { goos: 'openbsd', goarch: 'ppc64', reason: "Go has no cgo for OpenBSD's ppc64 port" },
]

/** For a platform where the Go version has no cgo. It still builds there, as plain Go does. */
export function withoutCgo(goos: string, goarch: string, goVersion: string): WithoutCgo {
  const later = cgoFrom(`${goos}/${goarch}`, goVersion)
  if (later !== undefined) {
    return { reason: `Go ${goVersion} has no cgo for it`, remedy: `Go ${later} and later have it`, see: null }
  }
  const row = rows.find((each) => each.goos === goos && (each.goarch === undefined || each.goarch === goarch))
  return {
    reason: row?.reason ?? `Go ${goVersion} has no cgo for it`,
    remedy: row?.remedy ?? null,
    see: row?.see ?? null,
  }
}
