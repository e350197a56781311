/** Mach-O's symbol table: whether it has been stripped, and what it says of cgo. */
import type { Tables } from '../go/cgo.js'
import { whichOf } from '../scan.js'
import type { Command, MachO } from './headers.js'

export interface Symbols {
  /** Symbols for debuggers: when stripped, those that other libraries export or use are left. */
  own: boolean
  /** Debugging entries among them, which lead to the objects' debug information. */
  stabs: boolean
  tables: Tables
}

const entrySize = { narrow: 12, wide: 16 }
const mostEntries = 65_536
const debugging = 0xe0
const isObject = 1
/** The stubs through which zig's linker calls libraries keep their names, also with -s. */
const stub = '__thunk'

/** @param table LC_SYMTAB @param dynamic LC_DYSYMTAB @throws GonativeError FILE_DAMAGED */
export async function readSymbols(file: MachO, table?: Command, dynamic?: Command): Promise<Symbols> {
  const { source } = file
  if (!table) return { own: false, stabs: false, tables: { symbol: null, imported: null } }
  const [at, count] = [table.fields.u32(8), table.fields.u32(12)]
  const names = { offset: table.fields.u32(16), size: table.fields.u32(20) }
  const entry = file.wide ? entrySize.wide : entrySize.narrow
  source.check(at, count * entry, 'the symbol table')
  source.check(names.offset, names.size, 'the names of symbols')
  // Local symbols come first, and of these the debugging entries. Of objects every symbol is their own.
  const local = dynamic && file.type !== isObject ? dynamic.fields.u32(12) : count
  const fields = await source.fields(at, Math.min(count, mostEntries) * entry, 'the symbol table', file.little)
  let own = false
  let stabs = false
  for (let index = 0; index < fields.length / entry && !(own && stabs); index++) {
    stabs ||= (fields.u8(index * entry + 4) & debugging) !== 0
    if (own || index >= local) continue
    const name = fields.u32(index * entry)
    if (name >= names.size) throw source.damaged('the name of a symbol is outside of the names', at + index * entry)
    own = !(await source.text(names.offset + name, 'the name of a symbol')).endsWith(stub)
  }
  const needles = ['\0_x_cgo_init\0', '\0x_cgo_init\0', '\0_crosscall2\0', '\0_getaddrinfo\0'] as const
  const found = await whichOf(source, names.offset, names.size, needles)
  const cgo = needles.slice(0, 3).some((needle) => found.has(needle))
  return { own, stabs, tables: { symbol: cgo || own ? cgo : null, imported: found.has('\0_getaddrinfo\0') } }
}
