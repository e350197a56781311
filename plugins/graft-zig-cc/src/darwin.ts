/**
 * darwin's rows: the macOS numbers are the oldest that each Go line runs on (go.dev/doc/go1.21#darwin, go1.23, go1.25; from
 * 1.26 on as its own linker writes it, `macOS` in cmd/link/internal/ld/macho.go, 13.0 in 1.27). Without a number zig
 * would ask for the newest.
 */
import type { TargetRow } from './triples.js'

/** Go lines and the oldest macOS of each, newest first. */
const oldest = [
  { go: '1.27', macos: '13.0' },
  { go: '1.25', macos: '12.0' },
  { go: '1.23', macos: '11.0' },
]

const onDarwin = (goarch: string, cpu: string, first: string): TargetRow => ({
  goos: 'darwin',
  goarch,
  triple: `${cpu}-macos.${first}`,
  newer: oldest.map(({ go, macos }) => ({ go, triple: `${cpu}-macos.${macos}` })),
  since: { go: '1.22', why: "zig's linker refuses Mach-O objects of Go before 1.22 (bad relocation in __noptrdata)" },
})

export const darwinRows: TargetRow[] = [
  onDarwin('amd64', 'x86_64', '10.15'),
  // macOS 11 is the first on arm64.
  onDarwin('arm64', 'aarch64', '11.0'),
]
