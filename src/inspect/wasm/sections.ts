/** The sections of a WebAssembly module: an id, a size and that many bytes, one after another to the end. */
import type { Source } from '../source.js'

export interface Place {
  offset: number
  size: number
}

export interface Sections {
  imports: Place | null
  exports: Place | null
  data: Place | null
  /** By name; its bytes without the name. */
  custom: Map<string, Place>
}

const ids = { custom: 0, imports: 2, exports: 7, data: 11, last: 13 }
const most = 65_536

/** @throws GonativeError FILE_DAMAGED */
export async function readSections(source: Source): Promise<Sections> {
  const found: Sections = { imports: null, exports: null, data: null, custom: new Map() }
  let count = 0
  for (let at = 8; at < source.size;) {
    const header = await source.fields(at, Math.min(11, source.size - at), 'the header of a section', true)
    const id = header.u8(0)
    if (id > ids.last) throw source.damaged(`a section with the id ${id}, which is none`, at)
    if (++count > most) throw source.damaged(`more than ${most} sections`, at)
    const { value: size, end } = header.leb(1)
    const place = { offset: at + end, size }
    source.check(place.offset, size, `section ${id}`)
    if (id === ids.custom) {
      const { name, after } = await nameAt(source, place)
      if (!found.custom.has(name)) found.custom.set(name, after)
    } else if (id === ids.imports) found.imports = place
    else if (id === ids.exports) found.exports = place
    else if (id === ids.data) found.data = place
    at = place.offset + size
  }
  return found
}

async function nameAt(source: Source, { offset, size }: Place): Promise<{ name: string; after: Place }> {
  const start = await source.fields(offset, Math.min(size, 1024), 'the name of a section', true)
  const { value: length, end } = start.leb(0)
  const name = start.part(end, length).buffer.toString('utf8')
  return { name, after: { offset: offset + end + length, size: size - end - length } }
}
