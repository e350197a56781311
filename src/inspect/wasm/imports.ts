/** What a WebAssembly module imports from, and exports, by name. */
import type { Fields } from '../fields.js'
import type { Source } from '../source.js'
import type { Place, Sections } from './sections.js'

/** The names of modules, each once. @throws GonativeError FILE_DAMAGED */
export async function readImports(source: Source, { imports }: Sections): Promise<string[]> {
  const names = new Set<string>()
  await eachEntry(source, imports, 'the imports', (fields, at) => {
    const module = nameAt(fields, at)
    names.add(module.name)
    return afterType(fields, nameAt(fields, module.end).end)
  })
  return [...names]
}

/** The names of what is exported. @throws GonativeError FILE_DAMAGED */
export async function readExports(source: Source, { exports }: Sections): Promise<string[]> {
  const names: string[] = []
  await eachEntry(source, exports, 'the exports', (fields, at) => {
    const { name, end } = nameAt(fields, at)
    names.push(name)
    return fields.leb(end + 1).end
  })
  return names
}

/** @param read takes the entry at an offset and says where it ends */
async function eachEntry(
  source: Source,
  place: Place | null,
  what: string,
  read: (fields: Fields, at: number) => number,
): Promise<void> {
  if (!place) return
  const fields = await source.fields(place.offset, place.size, what, true)
  const count = fields.leb(0)
  for (let index = 0, at = count.end; index < count.value; index++) at = read(fields, at)
}

function nameAt(fields: Fields, at: number): { name: string; end: number } {
  const { value: length, end } = fields.leb(at)
  return { name: fields.part(end, length).buffer.toString('utf8'), end: end + length }
}

/** A function's type is a number, a table's a type and limits, a memory's limits, a global's a type and whether it changes. */
function afterType(fields: Fields, at: number): number {
  const kind = fields.u8(at)
  if (kind === 0) return fields.leb(at + 1).end
  if (kind === 1) return afterLimits(fields, at + 2)
  if (kind === 2) return afterLimits(fields, at + 1)
  if (kind === 3) return at + 3
  if (kind === 4) return fields.leb(at + 2).end // an exception's tag
  throw fields.wrong(`has an entry of kind ${kind}`, at)
}

function afterLimits(fields: Fields, at: number): number {
  const least = fields.leb(at + 1).end
  return fields.u8(at) & 1 ? fields.leb(least).end : least
}
