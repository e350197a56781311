/** The DLLs that a PE file needs, at once or at their first use, and its own name as one. */
import { placeOf, type Pe } from './headers.js'

const directory = { exports: 0, imports: 1, delayed: 13 }
const most = 16_384

interface Table {
  directory: number
  /** A descriptor's size, and where in it the name's address is; one without a name is the end. */
  size: number
  name: number
  what: string
}

const imports: Table = { directory: directory.imports, size: 20, name: 12, what: 'the import table' }
const delayed: Table = { directory: directory.delayed, size: 32, name: 4, what: 'the table of delayed imports' }

/** @throws GonativeError FILE_DAMAGED */
export async function readImports(pe: Pe): Promise<{ libraries: string[]; delayed: string[] }> {
  return { libraries: await names(pe, imports), delayed: await names(pe, delayed) }
}

async function names(pe: Pe, table: Table): Promise<string[]> {
  const { address = 0 } = pe.directories[table.directory] ?? {}
  if (address === 0) return []
  const start = placeOf(pe, address, table.what)
  const found: string[] = []
  for (let at = start; ; at += table.size) {
    const entry = await pe.source.fields(at, table.size, table.what, true)
    const name = entry.u32(table.name)
    if (name === 0) return found
    if (found.length === most) throw pe.source.damaged(`${table.what} has no end`, start)
    // Compilers before 2002 wrote absolute addresses in delayed imports; bit 0 says that they are relative.
    const absolute = table === delayed && (entry.u32(0) & 1) === 0
    const place = placeOf(pe, absolute ? name - pe.imageBase : name, 'the name of a library')
    found.push(await pe.source.text(place, 'the name of a library', 4096))
  }
}

/** The name that a DLL gives itself in its exports; null where it has none. */
export async function ownName(pe: Pe): Promise<string | null> {
  const { address = 0 } = pe.directories[directory.exports] ?? {}
  if (address === 0) return null
  const table = await pe.source.fields(placeOf(pe, address, 'the export table'), 16, 'the export table', true)
  const name = table.u32(12)
  return name === 0 ? null : pe.source.text(placeOf(pe, name, "the library's own name"), "the library's own name", 4096)
}
