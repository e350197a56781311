/** PE's and COFF's headers (Microsoft's "PE Format"), checked to be inside of the file. */
import type { Fields } from '../fields.js'
import { offsetOf, type Region } from '../region.js'
import type { Source } from '../source.js'

export interface PeSection extends Region {
  characteristics: number
}

export interface Coff {
  source: Source
  machine: number
  characteristics: number
  sections: PeSection[]
  /** The symbols' table and the names after it; null without one. */
  symbols: { offset: number; count: number; names: { offset: number; size: number } } | null
  /** Where the optional header is, and its size: 0 in objects. */
  optional: { offset: number; size: number }
}

/** @param at where the COFF header is @throws GonativeError FILE_DAMAGED */
export async function readCoff(source: Source, at: number): Promise<Coff> {
  const header = await source.fields(at, 20, 'the COFF header', true)
  const optional = { offset: at + 20, size: header.u16(16) }
  const symbols = await symbolTable(source, header.u32(8), header.u32(12))
  const count = header.u16(2)
  const table = await source.fields(optional.offset + optional.size, count * 40, 'the section table', true)
  const sections: PeSection[] = []
  for (let index = 0; index < count; index++)
    sections.push(await readSection(source, table.part(index * 40, 40), symbols))
  return { source, machine: header.u16(0), characteristics: header.u16(18), sections, symbols, optional }
}

const uninitialized = 0x80

async function readSection(source: Source, entry: Fields, symbols: Coff['symbols']): Promise<PeSection> {
  const name = await longName(source, entry.name(0, 8), symbols)
  const characteristics = entry.u32(36)
  const [inMemory, inFile, offset] = [entry.u32(8), entry.u32(16), entry.u32(20)]
  const empty = offset === 0 || (characteristics & uninitialized) !== 0
  if (!empty) source.check(offset, inFile, `section ${name}`)
  // In programs the rest of the last page is padding; objects have no size in memory.
  const size = inMemory === 0 ? inFile : Math.min(inFile, inMemory)
  return { name, address: entry.u32(12), offset: empty ? 0 : offset, size: empty ? 0 : size, characteristics }
}

/** `/123` is a name of more than eight bytes, at 123 among the symbols' names. */
async function longName(source: Source, name: string, symbols: Coff['symbols']): Promise<string> {
  const at = /^\/(\d+)$/.exec(name)?.[1]
  if (at === undefined || !symbols) return name
  if (Number(at) >= symbols.names.size)
    throw source.damaged(`the name of section ${name} is outside of the names`, symbols.names.offset)
  return source.text(symbols.names.offset + Number(at), 'the name of a section', 4096)
}

async function symbolTable(source: Source, offset: number, count: number): Promise<Coff['symbols']> {
  if (offset === 0) return null
  source.check(offset, count * 18, 'the symbol table')
  const at = offset + count * 18
  const size = (await source.fields(at, 4, 'the names of symbols', true)).u32(0)
  source.check(at, size, 'the names of symbols')
  return { offset, count, names: { offset: at, size } }
}

export interface Pe extends Coff {
  wide: boolean
  imageBase: number
  subsystem: number
  dllCharacteristics: number
  minimum: string
  /** RVA and size, by index. */
  directories: { address: number; size: number }[]
}

/** @throws GonativeError FILE_DAMAGED */
export async function readPe(source: Source, at: number): Promise<Pe> {
  const coff = await readCoff(source, at + 4)
  const { offset, size } = coff.optional
  const fields = await source.fields(offset, size, 'the optional header', true)
  const magic = fields.u16(0)
  if (magic !== 0x10b && magic !== 0x20b)
    throw source.damaged(`the optional header's magic is 0x${magic.toString(16)}`, offset)
  const wide = magic === 0x20b
  const start = wide ? 112 : 96
  const count = Math.min(fields.u32(start - 4), 16)
  const directories = Array.from({ length: count }, (_, index) => ({
    address: fields.u32(start + index * 8),
    size: fields.u32(start + index * 8 + 4),
  }))
  return {
    ...coff,
    wide,
    imageBase: wide ? fields.u64(24) : fields.u32(28),
    minimum: `${fields.u16(48)}.${fields.u16(50)}`,
    subsystem: fields.u16(68),
    dllCharacteristics: fields.u16(70),
    directories,
  }
}

/** Where in the file a relative address is. @throws GonativeError FILE_DAMAGED if no section has it */
export function placeOf({ source, sections, optional }: Coff, address: number, what: string): number {
  const found = offsetOf(sections, address)
  if (found) return found.offset
  throw source.damaged(
    `${what} is said to be at address 0x${address.toString(16)}, which no section has`,
    optional.offset,
  )
}
