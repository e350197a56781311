/** What an ELF file tells the dynamic loader. Read by its segments, as the loader does: sections may be gone. */
import { offsetOf } from '../region.js'
import { segmentTypes, type Elf } from './headers.js'

/** Tags, by the System V ABI's names (DT_…). */
const tags = { needed: 1, stringTable: 5, stringSize: 10, soname: 14, rpath: 15, runpath: 29 }
const versionTags = { flags1: 0x6ffffffb, needed: 0x6ffffffe, count: 0x6fffffff }
const positionIndependent = 0x08000000
const mostBytes = 1024 * 1024

export interface Dynamic {
  libraries: string[]
  soname: string | null
  rpath: string[]
  runpath: string[]
  /** The file says itself that it is an executable and no library (DF_1_PIE). */
  pie: boolean
  strings: { offset: number; size: number }
  /** Where the versions that it needs are in the file. */
  versions: { offset: number; count: number } | null
}

/** @returns null for a static program @throws GonativeError FILE_DAMAGED */
export async function readDynamic(elf: Elf): Promise<Dynamic | null> {
  const { source, wide, little, segments } = elf
  const segment = segments.find(({ type }) => type === segmentTypes.dynamic)
  if (!segment || segment.size === 0) return null
  if (segment.size > mostBytes) throw source.damaged(`the dynamic segment claims ${segment.size} bytes`, segment.offset)
  const fields = await source.fields(segment.offset, segment.size, 'the dynamic segment', little)
  const width = wide ? 8 : 4
  const entries: { tag: number; value: number }[] = []
  for (let at = 0; at + 2 * width <= fields.length; at += 2 * width) {
    const entry = { tag: fields.word(at, wide), value: fields.word(at + width, wide) }
    if (entry.tag === 0) break
    entries.push(entry)
  }
  const all = (tag: number): number[] => entries.filter((entry) => entry.tag === tag).map(({ value }) => value)
  const one = (tag: number): number | undefined => all(tag)[0]

  const loads = segments.filter(({ type }) => type === segmentTypes.load)
  const find = (address: number, what: string): number => {
    const found = offsetOf(loads, address)
    if (found) return found.offset
    throw source.damaged(
      `${what} is said to be at address 0x${address.toString(16)}, which no segment has`,
      segment.offset,
    )
  }
  const table = one(tags.stringTable)
  const strings = {
    offset: table === undefined ? 0 : find(table, 'the dynamic string table'),
    size: one(tags.stringSize) ?? 0,
  }
  source.check(strings.offset, strings.size, 'the dynamic string table')
  const text = async (at: number, what: string): Promise<string> => {
    if (at >= strings.size) throw source.damaged(`${what} is outside of the dynamic string table`, segment.offset)
    return source.text(strings.offset + at, what)
  }
  const texts = async (tag: number, what: string): Promise<string[]> =>
    Promise.all(all(tag).map((at) => text(at, what)))

  const versions = one(versionTags.needed)
  return {
    libraries: await texts(tags.needed, 'the name of a library'),
    soname: (await texts(tags.soname, "the library's own name"))[0] ?? null,
    rpath: paths(await texts(tags.rpath, 'the RPATH')),
    runpath: paths(await texts(tags.runpath, 'the RUNPATH')),
    pie: ((one(versionTags.flags1) ?? 0) & positionIndependent) !== 0,
    strings,
    versions:
      versions === undefined
        ? null
        : { offset: find(versions, 'the versions needed'), count: one(versionTags.count) ?? 0 },
  }
}

function paths(lists: string[]): string[] {
  return lists.flatMap((list) => list.split(':')).filter((path) => path !== '')
}
