/**
 * The names of a program's Go functions. The runtime needs them for its stack traces, so they are there in every
 * program, stripped or not, in the table that debug/gosym calls pclntab.
 */
import type { Source } from '../source.js'
import type { Region } from '../region.js'
import { findAll, whichOf } from '../scan.js'
import type { Places } from './places.js'

/** The table's first four bytes by the Go that writes it, and which words after its first eight bytes bound the names. */
const layouts = [
  { since: '1.20', magic: 0xfffffff1, names: 3, next: 4 },
  { since: '1.18', magic: 0xfffffff0, names: 3, next: 4 },
  { since: '1.16', magic: 0xfffffffa, names: 2, next: 3 },
  { since: '1.2', magic: 0xfffffffb, names: null, next: null },
]

/** Which of these texts are in names of functions; null if there is no table. */
export async function functionsWith<T extends string>(places: Places, texts: readonly T[]): Promise<Set<T> | null> {
  const table = await findTable(places)
  return table && whichOf(places.source, table.offset, table.size, texts)
}

/** Where the names are. */
async function findTable(places: Places): Promise<{ offset: number; size: number } | null> {
  const { source, ownFunctions, readOnly } = places
  if (ownFunctions) return tableAt(source, ownFunctions, ownFunctions.offset)
  for (const region of readOnly) {
    for (const { magic } of layouts) {
      for (const little of [true, false]) {
        const needle = Buffer.alloc(6)
        if (little) needle.writeUInt32LE(magic)
        else needle.writeUInt32BE(magic)
        for await (const at of findAll(source, region.offset, region.size, needle)) {
          const table = await tableAt(source, region, at)
          if (table) return table
        }
      }
    }
  }
  return null
}

/** A table that begins here: its header is sound, and the names are inside of the region. */
async function tableAt(source: Source, region: Region, at: number): Promise<{ offset: number; size: number } | null> {
  const room = region.offset + region.size - at
  if (room < 8 + 7 * 8) return null
  const header = await source.bytes(at, 8 + 7 * 8, 'the header of the table of Go functions')
  const [quantum, width] = [header.readUInt8(6), header.readUInt8(7)]
  if (header.readUInt16LE(4) !== 0 || ![1, 2, 4].includes(quantum) || (width !== 4 && width !== 8)) return null
  const little = layouts.some(({ magic }) => magic === header.readUInt32LE(0))
  const first = little ? header.readUInt32LE(0) : header.readUInt32BE(0)
  const layout = layouts.find(({ magic }) => magic === first)
  if (!layout) return null
  // Before Go 1.16 names are all over the table.
  if (layout.names === null) return { offset: at, size: room }
  const fields = await source.fields(at, 8 + 7 * 8, 'the header of the table of Go functions', little)
  const start = fields.word(8 + layout.names * width, width === 8)
  const end = fields.word(8 + layout.next * width, width === 8)
  return start < end && end <= room ? { offset: at + start, size: end - start } : null
}
