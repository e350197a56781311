/**
 * Where zig cc differs from what the go command, or the flags of cgo packages, take for granted. One row a difference;
 * a graft's wrapper is made from the rows that apply to it, and each row has a test that fails without it.
 *
 * In patterns, as in sh, `*` stands for anything; every other letter is itself. Flags that zig refuses and Go asks
 * about beforehand have no row: the honest refusal is the right answer.
 */
import type { Span } from './dotted.js'
import { systemRows } from './workarounds-systems.js'

/** The wrappers a row is for: the two compilers share their rows. */
export type Action =
  /** The arguments are left out. */
  | { drop: string[] }
  /** An argument becomes others. */
  | { replace: Record<string, string[]> }
  /**
   * Arguments that are put last, `{graft}` being the graft's directory; those `linking` only when no -c, -S or -E is
   * there, those `linking-go` when Go's own object is among what is linked.
   */
  | { add: string[]; when: 'always' | 'linking' | 'linking-go' }
  /** Arguments that are put first, so that the caller's own of the same kind win. */
  | { begin: string[] }
  /** Where an argument is present, another is put last; `linking` as above. */
  | { last: Record<string, string>; when: 'always' | 'linking' }
  /** Arguments that are left out where cgo links only to see what its C code imports: the output is `_cgo_.o`. */
  | { trial: string[] }
  /** With one of these, a link of Go's own object is refused with the reason: it would make a file that crashes. */
  | { refuse: string[] }
  /** `--print-prog-name=tool` is answered with a program's name. */
  | { programs: Record<string, string> }
  /** A question about the linker is answered with this text; `{zig}` is zig's version. */
  | { answers: Record<string, string> }
  /**
   * Lines of sh before the compiler runs, `{zig}` being zig's version, and after it has linked (`$status` is its exit
   * status, which may be changed).
   */
  | { before: readonly string[] }
  | { after: readonly string[] }

export interface Workaround {
  id: string
  /** Where it holds: GOOS, and GOARCH where that matters. Absent: everywhere. */
  goos?: string[]
  goarch?: string[]
  /** Where it holds for one C library alone. */
  libc?: 'musl'
  go?: Span
  zig?: Span
  action: Action
  /** One line, also written into the wrapper. */
  reason: string
  source: string
}

export const workarounds: Workaround[] = [
  {
    id: 'no-ubsan-traps',
    action: { begin: ['-fno-sanitize=undefined'] },
    reason: 'zig traps on undefined behaviour by default, so C that works with every other compiler dies',
    source: 'seen with zig 0.17; gcc and clang have no sanitizer on by default',
  },
  {
    id: 'ar-of-the-graft',
    action: { programs: { ar: 'gonative-ar' } },
    reason: "zig names the host's ar, which need not exist and can't index other systems' objects",
    source: 'findExtLinkTool in cmd/link/internal/ld/lib.go',
  },
  {
    id: 'relocatable-link',
    goos: ['linux'],
    go: { before: '1.10' },
    action: { replace: { '-Wl,-r': ['-r'] } },
    reason: "older Go links every cgo package's objects into one, and zig knows only the compiler's own name of that",
    source: 'collect in cmd/go/build.go of Go 1.5 to 1.9; zig 0.17.0: unsupported linker arg: -r, while -r works',
  },
  {
    id: 'headers-of-the-package',
    go: { before: '1.7' },
    action: { begin: ['-I.'] },
    reason: 'older Go gives the compiler C code on standard input, beside which zig looks for no header',
    source:
      'gccDefines and gccDebug in cmd/cgo/gcc.go of Go 1.6, which pass no -I of the package; seen with zig 0.17.0',
  },
  {
    id: 'one-libc-for-trial-links',
    libc: 'musl',
    action: { trial: ['-fPIC'] },
    reason: "zig would build musl a second time, as position-independent code, for cgo's trial links alone",
    source: 'dynimport in cmd/go/internal/work/exec.go passes CGO_CFLAGS; seen with zig 0.17.0: two libc.a, 40 s each',
  },
  {
    id: 'x86-64-levels',
    goarch: ['amd64'],
    action: {
      replace: {
        '-march=x86-64': ['-march=x86_64'],
        '-march=x86-64-v2': ['-march=x86_64_v2'],
        '-march=x86-64-v3': ['-march=x86_64_v3'],
        '-march=x86-64-v4': ['-march=x86_64_v4'],
      },
    },
    reason: 'zig has its own names of the x86-64 levels, and knows no others',
    source: "zig's CPU names: lib/std/Target/x86.zig",
  },
  {
    id: 'armv8-a',
    goarch: ['arm64'],
    action: {
      replace: {
        '-march=armv8-a': ['-march=generic'],
        '-march=armv8-a+crc': ['-march=generic+crc'],
        '-march=armv8-a+crc+crypto': ['-march=generic+crc+crypto'],
        '-march=armv8-a+crypto': ['-march=generic+crypto'],
      },
    },
    reason: 'zig takes a CPU where gcc takes an architecture, and generic is its name of plain ARMv8-A',
    source:
      "zig's CPU names: lib/std/Target/aarch64.zig; https://github.com/rust-cross/cargo-zigbuild/blob/main/src/zig.rs",
  },
  {
    id: 'arm-march',
    goos: ['linux'],
    goarch: ['arm'],
    action: { drop: ['-march=armv5*', '-march=armv6*', '-march=armv7*'] },
    reason: 'zig knows no architectures by these names, and GOARM has chosen the CPU already',
    source: 'zig 0.17.0: unknown CPU: armv7; https://github.com/rust-cross/cargo-zigbuild/blob/main/src/zig.rs',
  },
  {
    id: 'riscv64-march',
    goarch: ['riscv64'],
    action: { drop: ['-march=rv64gc', '-march=rv64imafdc'] },
    reason: 'zig knows no architectures by these names, and this one is what it takes for riscv64 anyway',
    source: "baseline_rv64 as zig's baseline (lib/std/Target.zig)",
  },
  {
    id: 'power-cpus',
    goarch: ['ppc64', 'ppc64le'],
    action: {
      replace: {
        '-mcpu=power8': ['-mcpu=pwr8'],
        '-mcpu=power9': ['-mcpu=pwr9'],
        '-mcpu=power10': ['-mcpu=pwr10'],
      },
    },
    reason: 'zig has its own names of the POWER CPUs, and knows no others',
    source: "zig's CPU names: lib/std/Target/powerpc.zig",
  },
  {
    id: 'no-mtune',
    action: { drop: ['-mtune=*'] },
    reason: 'zig refuses values that gcc and clang take, and it only says which CPU the code is to be quickest on',
    source: 'zig 0.17.0: -mtune=generic for amd64 and 386: unknown target CPU; -mtune=cortex-a7 for arm: unknown CPU',
  },
  {
    id: 'loong64-no-lsx',
    goarch: ['loong64'],
    action: { begin: ['-mcpu=generic_la64+d'] },
    reason: 'zig takes the vector unit for granted, which Go asks the machine for',
    source: "la64v1_0 as zig's baseline (lib/std/Target.zig); HasLSX in internal/cpu/cpu_loong64.go",
  },
  {
    id: '386-position-independent',
    goos: ['linux'],
    goarch: ['386'],
    action: { refuse: ['-pie', '-shared'] },
    reason:
      "position-independent Go code for 386 crashes when it is linked by zig's linker, which does not add up the two " +
      'relocations at one place by which Go finds its thread-local storage: GNU ld is needed for this build mode',
    source:
      'R_386_GOTPC with R_386_TLS_GOTIE, case R_TLS_IE of elfreloc1 in cmd/link/internal/x86/asm.go; seen to crash',
  },
  {
    id: 'mips-float',
    goarch: ['mips', 'mipsle', 'mips64', 'mips64le'],
    action: { drop: ['-mhard-float'] },
    reason: "zig takes it for a CPU's feature and knows none of that name; the target says which floats there are",
    source: 'gccArchArgs in cmd/go/internal/work/exec.go; zig 0.17.0: no LLVM CPU feature named "hard-float"',
  },
  {
    id: 'mips64-no-pic-warning',
    goarch: ['mips64', 'mips64le'],
    action: { begin: ['-Wno-option-ignored'] },
    reason: 'clang warns of the -fno-PIC that zig itself gives it for static programs, and runtime/cgo has -Werror',
    source: 'zig 0.17.0 for mips64el-linux-muslabi64: -fno-PIC cannot be used with -mabicalls and the N64 ABI',
  },
  {
    id: 'mips-debug-sections',
    goos: ['linux'],
    goarch: ['mips', 'mipsle', 'mips64', 'mips64le'],
    action: { add: ['-T', '{graft}/lib/mips-debug.ld'], when: 'linking-go' },
    reason: "debug information is of another section type in Go's objects than in C's, which zig's linker refuses",
    source: 'SHT_MIPS_DWARF of the MIPS ABI, which clang writes and Go does not (cmd/link/internal/ld/elf.go)',
  },
  {
    id: 'arm-no-unwind-tables',
    goos: ['linux'],
    goarch: ['arm'],
    action: { begin: ['-fno-unwind-tables'] },
    reason: "C's unwind tables, which gcc makes on request, draw in zig's own memcpy: Go's linker then lacks libc's",
    source:
      'zig cc adds -funwind-tables; tables on ARM name __aeabi_unwind_cpp_pr0, of compiler_rt; go test os/user said ' +
      '"relocation target memcpy not defined": dynimport in cmd/cgo/out.go lists only what _cgo_.o takes from a library',
  },
  {
    id: 'strip-after-debug',
    goos: ['linux', 'freebsd', 'netbsd', 'openbsd'],
    action: { last: { '-s': '-s' }, when: 'linking' },
    reason: 'the last of -s and -g wins in zig, and the go command puts the -g of its CGO_LDFLAGS behind -s',
    source: 'seen with zig 0.17.0: `zig cc -s -g` leaves debug_info, `zig cc -g -s` does not',
  },
  ...systemRows,
]
