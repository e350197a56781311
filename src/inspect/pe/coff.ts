/** Describes what a windows compiler writes: COFF objects, and the stubs of import libraries. */
import { findGo, platform } from '../go/go.js'
import { blank, type Description } from '../inspection.js'
import type { Source } from '../source.js'
import { readCoff } from './headers.js'
import { machineRow } from './machines.js'
import { placesOf, tablesOf, tablesPresent } from './pe.js'

/** The optional header of a program. Objects need none, and Go's have one all the same. */
const largestOptional = 240

/** COFF has no magic: the machine, and headers that fit into the file. */
export async function looksLikeCoff(source: Source): Promise<boolean> {
  if (source.size < 20) return false
  const header = await source.fields(0, 20, 'the COFF header', true)
  if (header.u16(0) === 0 && header.u16(2) === 0xffff) return true
  const headers = 20 + header.u16(16) + header.u16(2) * 40
  return machineRow(header.u16(0)) !== undefined && header.u16(16) <= largestOptional && headers <= source.size
}

/** @throws GonativeError FILE_DAMAGED */
export async function describeCoff(source: Source): Promise<Description> {
  const start = await source.fields(0, 20, 'the COFF header', true)
  if (start.u16(0) === 0 && start.u16(2) === 0xffff) return describeImport(source)
  const coff = await readCoff(source, 0)
  const row = machineRow(coff.machine)
  const places = placesOf(coff, 0)
  // Go's object has its records in .data, C's have none: what is searched is small.
  const found = await findGo(places, { buildId: null, sections: false }, await tablesOf(coff))
  return {
    ...blank('coff', 'object'),
    bits: row?.bits ?? null,
    endian: 'little',
    machine: row?.machine ?? `machine 0x${coff.machine.toString(16)}`,
    ...platform(found?.go ?? null, { os: 'windows', arch: row?.arch ?? null }),
    go: found?.go ?? null,
    cgo: found?.cgo ?? null,
    ...tablesPresent(coff),
  }
}

/** An import header, "Import Library Format": version 0 has the names of a symbol and of its DLL after it. */
async function describeImport(source: Source): Promise<Description> {
  const header = await source.fields(0, 20, 'the import header', true)
  const row = machineRow(header.u16(6))
  const about = {
    bits: row?.bits ?? null,
    endian: 'little' as const,
    machine: row?.machine ?? `machine 0x${header.u16(6).toString(16)}`,
    ...platform(null, { os: 'windows', arch: row?.arch ?? null }),
  }
  if (header.u16(4) !== 0) return { ...blank('coff', 'object'), ...about } // /bigobj
  const symbol = await source.text(20, "the imported symbol's name")
  const library = await source.text(20 + Buffer.byteLength(symbol) + 1, "the library's name")
  return { ...blank('coff', 'import'), ...about, libraries: [library] }
}
