/**
 * What `gonative inspect` says of a file, as data: the shape of `inspect --json`. Every field is always there; null is
 * "the file does not say" (or the format has no such thing), an empty list is "none".
 */

/** `coff` is an object for windows, `go-object` what Go's compiler writes, `universal` several Mach-O files in one, `other`
 * a member of an archive that is no code. */
export type Format = 'elf' | 'pe' | 'coff' | 'mach-o' | 'universal' | 'wasm' | 'ar' | 'go-object' | 'other'

/** `pie` is an executable that runs at any address, `import` a stub for a DLL in a windows import library. */
export type Kind = 'executable' | 'pie' | 'shared' | 'object' | 'archive' | 'universal' | 'core' | 'import' | 'other'

export interface Inspection extends Description {
  /** As it was given. */
  path: string
  /** In bytes. */
  size: number
}

export interface Description {
  format: Format
  kind: Kind
  bits: 32 | 64 | null
  endian: 'little' | 'big' | null
  /** `x86-64`, `i386`, `aarch64`, `arm`, `riscv64`, `ppc64`, `s390x`, `loongarch64`, `mips`, `mips64`, `wasm`, … */
  machine: string | null
  abi: Abi
  /** GOOS and GOARCH. */
  os: string | null
  arch: string | null
  /** What each of the two rests on: what Go wrote of the build, or the file's headers. */
  platformFrom: { os: 'build info' | 'headers' | null; arch: 'build info' | 'headers' | null }
  /** The oldest system that it says it is for, and the SDK: `{name: 'FreeBSD', minimum: '14.0', sdk: null}`. */
  system: { name: string; minimum: string | null; sdk: string | null } | null
  linkage: 'static' | 'dynamic' | null
  /** ELF's and Mach-O's loader. */
  interpreter: string | null
  /** What it needs: DT_NEEDED, DLLs, dylibs, the modules that WebAssembly imports from. In the file's order. */
  libraries: string[]
  /** DLLs that are loaded at their first use. */
  delayedLibraries: string[]
  /** Its own name as a library: DT_SONAME, the DLL's name, the dylib's install name. */
  soname: string | null
  rpath: string[]
  runpath: string[]
  /** For each library, the highest version of each family of symbols: `{'libc.so.6': ['GLIBC_2.17']}`. */
  versions: Record<string, string[]>
  /** The lowest glibc that has every version it asks for: `2.17`. */
  glibc: string | null
  go: GoFacts | null
  cgo: CgoFacts | null
  /** The linker's identity of it: ELF's GNU build ID, Mach-O's UUID. In lower-case hex. */
  buildId: string | null
  /** Whether it has a symbol table (without one it is stripped), and debug information. */
  symbols: boolean | null
  debugInfo: boolean | null
  /** Mach-O's code signature and PE's certificates: that there are some, not that they are good. */
  signature: 'none' | 'ad hoc' | 'certificate' | null
  /** Of a universal file its machines, of an archive its members. */
  parts: Part[]
}

export interface Part extends Description {
  /** The member's name; of a universal file the machine. */
  name: string
  size: number
}

export interface Abi {
  /** `eabi5`, `o32`, `n32`, `n64`, `lp64d`, `elfv1`, `elfv2`, … */
  name: string | null
  /** How floating-point arguments are passed: in registers of this width (`hard`: of the machine's usual), or not. */
  float: 'hard' | 'soft' | 'single' | 'double' | 'quad' | 'any' | null
  /** The least processor, as far as the file says: `v7`, `mips32r2`, `x86-64-v3`. */
  cpu: string | null
  /** Whatever else is set: `vfpv3-d16`, `rvc`, `nan2008`, … */
  flags: string[]
}

export interface GoFacts {
  /** `go1.27.4`; null before Go 1.13, which wrote no build information. */
  version: string | null
  /** The main package. */
  path: string | null
  module: Module | null
  deps: Module[]
  /** `GOOS`, `CGO_ENABLED`, `-tags`, `vcs.revision`, …; none before Go 1.18. */
  settings: Record<string, string>
  buildId: string | null
}

export interface Module {
  path: string
  version: string
  /** `h1:…`, or empty. */
  sum: string
  replace: Module | null
}

export interface CgoFacts {
  /** Whether C code is linked in by cgo. */
  linked: boolean | null
  /** Who looks up hosts: the C library by cgo, the system's library that Go calls by itself (windows, darwin, with
   * cgo or without), Go; null where nothing does. */
  resolver: 'cgo' | 'system' | 'go' | null
  /** What that rests on, the best that the file still has. */
  from: 'function names' | 'symbols' | 'imports' | 'build settings' | null
}

/** A description that says nothing yet. */
export function blank(format: Format, kind: Kind): Description {
  return {
    format,
    kind,
    bits: null,
    endian: null,
    machine: null,
    abi: noAbi(),
    os: null,
    arch: null,
    platformFrom: { os: null, arch: null },
    system: null,
    linkage: null,
    interpreter: null,
    libraries: [],
    delayedLibraries: [],
    soname: null,
    rpath: [],
    runpath: [],
    versions: {},
    glibc: null,
    go: null,
    cgo: null,
    buildId: null,
    symbols: null,
    debugInfo: null,
    signature: null,
    parts: [],
  }
}

/** Nothing known of the ABI. */
export function noAbi(): Abi {
  return { name: null, float: null, cpu: null, flags: [] }
}
