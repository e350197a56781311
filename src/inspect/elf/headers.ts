/** ELF's headers (System V ABI, chapters 4 and 5): the file's, its sections and its segments, all checked to be inside. */
import type { Fields } from '../fields.js'
import type { Region } from '../region.js'
import type { Source } from '../source.js'

export interface Section extends Region {
  type: number
  flags: number
}

export interface Segment extends Region {
  type: number
  flags: number
}

export interface Elf {
  source: Source
  wide: boolean
  little: boolean
  osAbi: number
  type: number
  machine: number
  flags: number
  sections: Section[]
  segments: Segment[]
}

export const sectionTypes = { symbols: 2, note: 7, noBits: 8, dynamicSymbols: 11, attributes: 0x70000003 }
export const segmentTypes = { load: 1, dynamic: 2, interpreter: 3, note: 4, mipsAbiFlags: 0x70000003 }

/** @throws GonativeError FILE_DAMAGED */
export async function readHeaders(source: Source): Promise<Elf> {
  const ident = await source.bytes(0, 16, 'the ELF identification')
  const [bits, order, osAbi] = [ident.readUInt8(4), ident.readUInt8(5), ident.readUInt8(7)]
  if (bits !== 1 && bits !== 2) throw source.damaged(`the ELF class is ${bits}, and not 1 or 2`, 4)
  if (order !== 1 && order !== 2) throw source.damaged(`the ELF byte order is ${order}, and not 1 or 2`, 5)
  const [wide, little] = [bits === 2, order === 1]
  const header = await source.fields(0, wide ? 64 : 52, 'the ELF header', little)
  const tail = wide ? 48 : 36 // e_flags and what follows it
  const elf = {
    source,
    wide,
    little,
    osAbi,
    type: header.u16(16),
    machine: header.u16(18),
    flags: header.u32(tail),
  }
  const sectionTable = {
    at: header.word(wide ? 40 : 32, wide),
    entry: header.u16(tail + 10),
    count: header.u16(tail + 12),
  }
  const segmentTable = {
    at: header.word(wide ? 32 : 28, wide),
    entry: header.u16(tail + 6),
    count: header.u16(tail + 8),
  }
  const names = header.u16(tail + 14)
  const sections = await readSections({ source, wide, little }, sectionTable, names)
  // Counts that do not fit are in the first section's header instead.
  if (segmentTable.count === 0xffff && sections[0]) segmentTable.count = sections[0].info
  const segments = await readSegments({ source, wide, little }, segmentTable)
  return { ...elf, sections, segments }
}

interface Shape {
  source: Source
  wide: boolean
  little: boolean
}

interface Table {
  at: number
  entry: number
  count: number
}

/** The bytes of a table of headers. */
async function readTable(
  { source, wide, little }: Shape,
  table: Table,
  sizes: [number, number],
  what: string,
): Promise<Fields> {
  const size = wide ? sizes[1] : sizes[0]
  if (table.entry !== size)
    throw source.damaged(`${what} has entries of ${table.entry} bytes, and not of ${size}`, table.at)
  return source.fields(table.at, table.count * size, what, little)
}

async function readSections(shape: Shape, table: Table, names: number): Promise<(Section & { info: number })[]> {
  const { source, wide, little } = shape
  if (table.at === 0) return []
  const size = wide ? 64 : 40
  const first = await readTable(shape, { ...table, count: 1 }, [40, 64], 'the section table')
  const count = table.count === 0 ? first.word(wide ? 32 : 20, wide) : table.count
  const named = names === 0xffff ? first.u32(wide ? 40 : 24) : names
  const fields = await readTable(shape, { ...table, count }, [40, 64], 'the section table')
  const read = Array.from({ length: count }, (_, index) => {
    const entry = fields.part(index * size, size)
    const [type, offset, bytes] = [entry.u32(4), entry.word(wide ? 24 : 16, wide), entry.word(wide ? 32 : 20, wide)]
    // A section's bytes are memory only (NOBITS), or the first entry's, which may hold the count.
    const inFile = type !== sectionTypes.noBits && type !== 0
    if (inFile) source.check(offset, bytes, `section ${index}`)
    return {
      nameAt: entry.u32(0),
      type,
      flags: entry.word(8, wide),
      address: entry.word(wide ? 16 : 12, wide),
      offset,
      size: inFile ? bytes : 0,
      info: entry.u32(wide ? 44 : 28),
    }
  })
  const strings = read[named]
  if (named === 0 || count === 0) return read.map((section) => ({ ...section, name: '' }))
  if (!strings) throw source.damaged(`the section with the names is ${named}, of ${count}`, table.at)
  const text = await source.fields(strings.offset, strings.size, 'the section names', little)
  return read.map(({ nameAt, ...section }) => ({ ...section, name: section.type === 0 ? '' : text.text(nameAt) }))
}

async function readSegments(shape: Shape, table: Table): Promise<Segment[]> {
  const { source, wide } = shape
  if (table.at === 0 || table.count === 0) return []
  const size = wide ? 56 : 32
  const fields = await readTable(shape, table, [32, 56], 'the segment table')
  return Array.from({ length: table.count }, (_, index) => {
    const entry = fields.part(index * size, size)
    const segment = {
      name: `segment ${index}`,
      type: entry.u32(0),
      flags: entry.u32(wide ? 4 : 24),
      offset: entry.word(wide ? 8 : 4, wide),
      address: entry.word(wide ? 16 : 8, wide),
      size: entry.word(wide ? 32 : 16, wide),
    }
    if (segment.size > 0) source.check(segment.offset, segment.size, `segment ${index}`)
    return segment
  })
}
