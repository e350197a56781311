/** The members of an ar archive, with names as GNU, BSD (and so darwin) and Microsoft write them. */
import type { Source } from '../source.js'

export interface Member {
  name: string
  /** In the archive, without a name that is before it. */
  offset: number
  size: number
}

const headerSize = 60
const most = 65_536
/** Symbol indexes and the like; `//` is GNU's table of long names. */
const bookkeeping = [/^\/$/, /^\/\/$/, /^\/SYM64\/$/, /^\/<\w+>\/$/, /^__\.SYMDEF(_64)?( SORTED)?$/]

/** Those that are not the archive's own bookkeeping. @throws GonativeError FILE_DAMAGED */
export async function readMembers(source: Source): Promise<Member[]> {
  const members: Member[] = []
  let longNames: Member | null = null
  for (let at = 8; at < source.size;) {
    const header = (await source.bytes(at, headerSize, 'the header of a member')).toString('latin1')
    const digits = /^\d+/.exec(header.slice(48, 58))?.[0]
    if (!header.endsWith('`\n') || digits === undefined) throw source.damaged('the header of a member is not one', at)
    const raw = { name: header.slice(0, 16).trimEnd(), offset: at + headerSize, size: Number(digits) }
    source.check(raw.offset, raw.size, `the member ${raw.name}`)
    if (raw.name === '//') longNames = raw
    const member = await named(source, raw, longNames)
    if (!bookkeeping.some((name) => name.test(member.name))) members.push(member)
    if (members.length > most) throw source.damaged(`more than ${most} members`, at)
    at = raw.offset + raw.size + (raw.size % 2)
  }
  return members
}

/** With its real name: after the header (BSD), in the table of long names (GNU), or ended by a slash. */
async function named(source: Source, raw: Member, longNames: Member | null): Promise<Member> {
  const bsd = /^#1\/(\d+)$/.exec(raw.name)?.[1]
  if (bsd !== undefined) {
    const length = Number(bsd)
    if (length > raw.size || length > 65_536) throw source.damaged(`a member's name claims ${length} bytes`, raw.offset)
    const name = (await source.bytes(raw.offset, length, "a member's name")).toString('utf8').replace(/\0+$/, '')
    return { name, offset: raw.offset + length, size: raw.size - length }
  }
  const gnu = /^\/(\d+)$/.exec(raw.name)?.[1]
  if (gnu === undefined) return { ...raw, name: raw.name.replace(/(?<=[^/])\/$/, '') }
  const at = Number(gnu)
  if (!longNames || at >= longNames.size)
    throw source.damaged(`the long name ${at} is not in the archive`, raw.offset - headerSize)
  const room = Math.min(longNames.size - at, 65_536)
  const text = (await source.bytes(longNames.offset + at, room, "a member's name")).toString('utf8')
  // GNU ends names with "/\n", Microsoft with a NUL.
  return { ...raw, name: /^[^\n\0]*/.exec(text)?.[0].replace(/\/$/, '') ?? '' }
}
