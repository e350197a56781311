/** The versions of symbols that an ELF file needs of each library (LSB core, "Symbol Versioning": Verneed, Vernaux). */
import type { Source } from '../source.js'
import type { Dynamic } from './dynamic.js'
import type { Elf } from './headers.js'

/** Versions that are not numbers, by the first glibc that has them (glibc's NEWS). */
const named: Record<string, string> = {
  GLIBC_ABI_DT_RELR: '2.36',
  GLIBC_ABI_GNU_TLS: '2.42',
  GLIBC_ABI_GNU2_TLS: '2.42',
}
const most = 65_536

/** Library to every version needed of it. @throws GonativeError FILE_DAMAGED also where the records go round */
export async function readVersions({ source, little }: Elf, dynamic: Dynamic): Promise<Map<string, string[]>> {
  const needed = new Map<string, string[]>()
  const { versions, strings } = dynamic
  if (!versions) return needed
  const name = async (at: number): Promise<string> => inStrings(source, strings, at)
  let left = most
  let at = versions.offset
  for (let index = 0; index < versions.count; index++) {
    const record = await source.fields(at, 16, 'a record of versions needed', little)
    const library = await name(record.u32(4))
    const list = needed.get(library) ?? []
    let inner = at + record.u32(8)
    for (let count = record.u16(2); count > 0; count--) {
      if (left-- === 0) throw source.damaged(`more than ${most} versions are needed`, inner)
      const version = await source.fields(inner, 16, 'a version needed', little)
      list.push(await name(version.u32(8)))
      if (version.u32(12) === 0) break
      inner += version.u32(12)
    }
    needed.set(library, list)
    if (record.u32(12) === 0) break
    at += record.u32(12)
    if (left-- === 0) throw source.damaged(`versions are needed of more than ${most} libraries`, at)
  }
  return needed
}

async function inStrings(source: Source, strings: Dynamic['strings'], at: number): Promise<string> {
  if (at >= strings.size) throw source.damaged('the name of a version is outside of the string table', strings.offset)
  return source.text(strings.offset + at, 'the name of a version')
}

/** The highest of each family: of GLIBCXX_3.4.9, GLIBCXX_3.4.29 and CXXABI_1.3 the last two. */
export function highest(versions: string[]): string[] {
  const families = new Map<string, string>()
  for (const version of versions) {
    const family = version.replace(/_?[\d.]+$/, '')
    const before = families.get(family)
    if (before === undefined || compare(numberOf(version), numberOf(before)) > 0) families.set(family, version)
  }
  return [...families.values()].sort()
}

/** The lowest glibc with all of these, `2.17`; null if none of them is glibc's. */
export function glibcFloor(versions: Iterable<string>): string | null {
  let floor: string | null = null
  for (const version of versions) {
    const number = named[version] ?? /^GLIBC_([\d.]+)$/.exec(version)?.[1]
    if (number !== undefined && (floor === null || compare(number, floor) > 0)) floor = number
  }
  return floor
}

function numberOf(version: string): string {
  return /[\d.]+$/.exec(version)?.[0] ?? ''
}

/** By number, part by part. */
function compare(one: string, other: string): number {
  const [ours, theirs] = [one.split('.').map(Number), other.split('.').map(Number)]
  for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
    const difference = (ours[index] ?? 0) - (theirs[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
