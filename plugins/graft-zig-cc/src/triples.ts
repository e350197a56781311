/**
 * What zig calls the targets that this strategy makes native, a row each. Floors: the lowest that zig's own table has
 * (`glibc_min` in lib/std/zig/target.zig; 2.2.5 where it says nothing). The default is 2.17 or that: from 2.17 on
 * clock_gettime is in libc itself, it is arm64's first, and Go 1.24 needs Linux 3.2 and so a system of about that age.
 */

export interface TargetRow {
  goos: string
  goarch: string
  /** The triple's first two parts, and the third where there is no choice of C library. */
  triple: string
  /** Where glibc can be chosen: the lowest floor that zig can build for, and the one that is taken unless asked. */
  glibc?: { lowest: string; usual: string; abi: string }
  /** Where musl can be chosen. */
  musl?: { abi: string }
  /** The first Go for which this works, where that is later than the strategy's first. */
  since?: { go: string; why: string }
  /** Variants that C code as zig builds it can't run on. */
  without?: { variants: string[]; why: string }
}

export const targetRows: TargetRow[] = [
  {
    goos: 'linux',
    goarch: 'amd64',
    triple: 'x86_64-linux',
    glibc: { lowest: '2.2.5', usual: '2.17', abi: 'gnu' },
    musl: { abi: 'musl' },
  },
  {
    goos: 'linux',
    goarch: 'arm64',
    triple: 'aarch64-linux',
    glibc: { lowest: '2.17', usual: '2.17', abi: 'gnu' },
    musl: { abi: 'musl' },
  },
  {
    goos: 'linux',
    goarch: '386',
    triple: 'x86-linux',
    glibc: { lowest: '2.2.5', usual: '2.17', abi: 'gnu' },
    musl: { abi: 'musl' },
    without: { variants: ['softfloat'], why: "zig's C libraries for 386 are built with SSE2" },
  },
  {
    goos: 'linux',
    goarch: 'riscv64',
    triple: 'riscv64-linux',
    glibc: { lowest: '2.27', usual: '2.27', abi: 'gnu' },
    musl: { abi: 'musl' },
    since: { go: '1.16', why: 'cgo works for linux/riscv64 from Go 1.16 on (go.dev/doc/go1.16#riscv)' },
  },
  { goos: 'windows', goarch: 'amd64', triple: 'x86_64-windows-gnu' },
  {
    goos: 'darwin',
    goarch: 'arm64',
    // macOS 11 is the first on arm64; without a number zig would ask for a much newer one.
    triple: 'aarch64-macos.11.0',
    since: { go: '1.22', why: "zig's linker refuses Mach-O objects of Go before 1.22 (bad relocation in __noptrdata)" },
  },
]

/** The newest glibc of zig 0.16; 0.17 has 2.44 (`zig targets`). For a newer one zig warns and takes its newest. */
export const newestGlibc = '2.43'
