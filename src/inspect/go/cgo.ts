/**
 * Whether cgo is in a Go program, and who resolves its host names. Build settings only say what was allowed, so the
 * names of its functions are asked first: they survive stripping, and no static link hides them.
 */
import type { CgoFacts } from '../inspection.js'
import { functionsWith } from './function-names.js'
import type { Places } from './places.js'

/** Parts of the names of functions that are there only then. */
const evidence = {
  /** The way from C into Go: assembly of runtime/cgo, linked whenever that package is. */
  runtime: '\0crosscall2\0',
  /** What cgo makes of `C.f()` and of `//export`. */
  call: '._Cfunc_',
  callWithErrno: '._C2func_',
  exported: '_cgoexp_',
  net: 'net.(*Resolver)',
  /** package net's calls of the C library (net/cgo_unix_cgo.go). */
  lookup: 'net._C2func_getaddrinfo',
  lookupOnly: 'net._Cfunc_getaddrinfo',
  /** The system's library called without cgo: darwin since Go 1.20. */
  system: 'internal/syscall/unix.Getaddrinfo',
  windows: 'syscall.GetAddrInfoW',
} as const

/** What the file's own tables say: null where it has none. */
export interface Tables {
  /** Whether a symbol of runtime/cgo is in the symbol table. */
  symbol: boolean | null
  /** Whether getaddrinfo is imported. */
  imported: boolean | null
}

/** @param settings the build's, for what nothing else tells */
export async function findCgo(places: Places, tables: Tables, settings: Record<string, string>): Promise<CgoFacts> {
  const names = await functionsWith(places, Object.values(evidence))
  if (names) {
    const has = (...keys: (keyof typeof evidence)[]): boolean => keys.some((key) => names.has(evidence[key]))
    const linked = has('runtime', 'call', 'callWithErrno', 'exported') || tables.symbol === true
    return { linked, resolver: resolver(has), from: 'function names' }
  }
  if (tables.symbol !== null) return { linked: tables.symbol, resolver: imports(tables), from: 'symbols' }
  if (tables.imported) return { linked: true, resolver: 'cgo', from: 'imports' }
  if (settings.CGO_ENABLED === '0') return { linked: false, resolver: null, from: 'build settings' }
  return { linked: null, resolver: null, from: null }
}

function resolver(has: (...keys: (keyof typeof evidence)[]) => boolean): CgoFacts['resolver'] {
  if (has('lookup', 'lookupOnly')) return 'cgo'
  if (has('system', 'windows')) return 'system'
  return has('net') ? 'go' : null
}

function imports({ symbol, imported }: Tables): CgoFacts['resolver'] {
  return symbol && imported ? 'cgo' : null
}
