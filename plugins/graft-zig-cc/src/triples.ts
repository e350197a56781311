/**
 * What zig calls the targets that this strategy makes native, a row each. Floors: the lowest that zig's own table has
 * (`glibc_min` in lib/std/zig/target.zig; 2.2.5 where it says nothing). The default is 2.17 or that: from 2.17 on
 * clock_gettime is in libc itself, it is arm64's first, and Go 1.24 needs Linux 3.2 and so a system of about that age.
 */
import { atomicsFile } from './armv5.js'
import { bsdRows } from './bsd.js'
import { darwinRows } from './darwin.js'
import type { Span } from './dotted.js'

export interface TargetRow {
  goos: string
  goarch: string
  /** The triple's first two parts, and the third where there is no choice of C library. */
  triple: string
  /** Other triples for newer lines of Go, newest first, where a system's oldest version moves with them. */
  newer?: { go: string; triple: string }[]
  /** Where glibc can be chosen: the lowest floor that zig can build for, and the one that is taken unless asked. */
  glibc?: { lowest: string; usual: string; abi: string }
  /** Why glibc can't be chosen. */
  noGlibc?: string
  /** Where musl can be chosen. */
  musl?: { abi: string }
  /** The first Go for which this works, where that is later than the strategy's first. */
  since?: { go: string; why: string }
  /** The zigs that have its C library, where not all do that are known to this strategy. */
  zig?: Span
  /** Variants that C code as zig builds it can't run on. */
  without?: { variants: string[]; why: string }
  /** Where C code must be for the same variant as Go's: the first case that holds at a build decides. */
  follows?: { variable: string; cases: VariantCase[] }
}

/** What the C compiler is told for some values of a variant's variable, which the go command hands to every compiler. */
export interface VariantCase {
  /** Values, in sh's case. */
  values: string[]
  /** For `zig cc -mcpu`. */
  cpu: string
  /** Floats are computed, and passed, without a floating-point unit: the ABI is `eabi` and not `eabihf`. */
  soft?: true
  /** A C file of the graft that every program and library is linked with. */
  source?: string
}

/**
 * What GOARM allows (go.dev/wiki/GoArm): 5 has no floating-point unit, 6 has VFPv2, 7 has VFPv3 with 16 registers and no
 * NEON, which zig would take for granted. GOARM unset is a call by hand: 7, the default of Go 1.22 to
 * 1.27 (xgetgoarm in cmd/dist/util.go; 1.19's is 5). Values with `,softfloat` are built as 5, which every ARM runs.
 */
const arm: VariantCase[] = [
  { values: ['5*', '*softfloat'], cpu: 'generic+v5te', soft: true, source: atomicsFile },
  { values: ['6*'], cpu: 'generic+v6+vfp2' },
  { values: ['*'], cpu: 'generic+v7a+vfp3d16-neon-d32' },
]

/**
 * GOMIPS and GOMIPS64 (go.dev/doc/install/source#environment). Go's code is for MIPS32 and MIPS III; zig would take the
 * second release for granted, and LLVM crashes on zig's C libraries for MIPS III, so that IV is the least.
 */
const mips: VariantCase[] = [
  { values: ['softfloat'], cpu: 'mips32', soft: true },
  { values: ['*'], cpu: 'mips32' },
]
const mips64: VariantCase[] = [{ values: ['*'], cpu: 'mips4' }]
const mips64SoftFloat = {
  variants: ['softfloat'],
  why: "zig's own libraries for mips64 pass floats in floating-point registers (https://github.com/ziglang/zig/issues/23765)",
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
  {
    goos: 'linux',
    goarch: 'arm',
    triple: 'arm-linux',
    glibc: { lowest: '2.4', usual: '2.17', abi: 'gnueabihf' },
    musl: { abi: 'musleabihf' },
    follows: { variable: 'GOARM', cases: arm },
  },
  {
    goos: 'linux',
    goarch: 'ppc64le',
    triple: 'powerpc64le-linux',
    // zig has stubs from 2.19 on, but its long double is IEEE's: printf becomes __printfieee128, which is 2.32's first.
    glibc: { lowest: '2.32', usual: '2.32', abi: 'gnu' },
    musl: { abi: 'musl' },
  },
  {
    goos: 'linux',
    goarch: 's390x',
    triple: 's390x-linux',
    glibc: { lowest: '2.2.5', usual: '2.17', abi: 'gnu' },
    musl: { abi: 'musl' },
  },
  {
    goos: 'linux',
    goarch: 'loong64',
    triple: 'loongarch64-linux',
    glibc: { lowest: '2.36', usual: '2.36', abi: 'gnu' },
    musl: { abi: 'musl' },
    // Seen with 1.19.13, and not with 1.22.12.
    since: { go: '1.22', why: "zig's linker knows no relocations of the kind in older Go's loong64 objects (1.19)" },
  },
  {
    goos: 'linux',
    goarch: 'mips',
    triple: 'mips-linux',
    glibc: { lowest: '2.2.5', usual: '2.17', abi: 'gnueabihf' },
    musl: { abi: 'musleabihf' },
    follows: { variable: 'GOMIPS', cases: mips },
  },
  {
    goos: 'linux',
    goarch: 'mipsle',
    triple: 'mipsel-linux',
    glibc: { lowest: '2.2.5', usual: '2.17', abi: 'gnueabihf' },
    musl: { abi: 'musleabihf' },
    follows: { variable: 'GOMIPS', cases: mips },
  },
  {
    goos: 'linux',
    goarch: 'mips64',
    triple: 'mips64-linux',
    glibc: { lowest: '2.2.5', usual: '2.17', abi: 'gnuabi64' },
    musl: { abi: 'muslabi64' },
    follows: { variable: 'GOMIPS64', cases: mips64 },
    without: mips64SoftFloat,
    since: { go: '1.10', why: 'programs of older Go crash at their start when zig has linked them (seen with 1.9.7)' },
  },
  {
    goos: 'linux',
    goarch: 'mips64le',
    triple: 'mips64el-linux',
    glibc: { lowest: '2.2.5', usual: '2.17', abi: 'gnuabi64' },
    musl: { abi: 'muslabi64' },
    follows: { variable: 'GOMIPS64', cases: mips64 },
    without: mips64SoftFloat,
    since: { go: '1.10', why: 'programs of older Go crash at their start when zig has linked them (seen with 1.9.7)' },
  },
  {
    goos: 'linux',
    goarch: 'ppc64',
    triple: 'powerpc64-linux',
    noGlibc: "Go's code is ELFv2's, glibc's port for big endian is ELFv1's (https://github.com/golang/go/issues/79898)",
    musl: { abi: 'musl' },
    since: { go: '1.27', why: 'cgo works for linux/ppc64 from Go 1.27 on (https://github.com/golang/go/issues/76244)' },
  },
  { goos: 'windows', goarch: '386', triple: 'x86-windows-gnu' },
  { goos: 'windows', goarch: 'amd64', triple: 'x86_64-windows-gnu' },
  { goos: 'windows', goarch: 'arm64', triple: 'aarch64-windows-gnu' },
  ...darwinRows,
  ...bsdRows,
]

/** The newest glibc of zig 0.16; 0.17 has 2.44 (`zig targets`). For a newer one zig warns and takes its newest. */
export const newestGlibc = '2.43'
