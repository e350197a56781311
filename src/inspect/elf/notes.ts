/** ELF notes: which system a file is for, its build IDs, and the processor that it needs. */
import type { Fields } from '../fields.js'
import { sectionTypes, segmentTypes, type Elf } from './headers.js'

const mostBytes = 1024 * 1024

export interface Note {
  owner: string
  type: number
  value: Fields
}

/** Those of the segments, and of the sections for objects. @throws GonativeError FILE_DAMAGED */
export async function readNotes({ source, little, sections, segments }: Elf): Promise<Note[]> {
  const ofSegments = segments.filter(({ type }) => type === segmentTypes.note)
  const ofSections = sections.filter(({ type }) => type === sectionTypes.note)
  const isInside = (at: number): boolean => ofSegments.some(({ offset, size }) => at >= offset && at < offset + size)
  const notes: Note[] = []
  for (const { offset, size } of [...ofSegments, ...ofSections.filter((section) => !isInside(section.offset))]) {
    if (size > mostBytes) throw source.damaged(`notes claim ${size} bytes`, offset)
    notes.push(...split(await source.fields(offset, size, 'a note', little)))
  }
  return notes
}

function split(fields: Fields): Note[] {
  const notes: Note[] = []
  for (let at = 0; at + 12 <= fields.length;) {
    const [nameSize, valueSize, type] = [fields.u32(at), fields.u32(at + 4), fields.u32(at + 8)]
    const value = at + 12 + aligned(nameSize)
    notes.push({ owner: fields.name(at + 12, nameSize), type, value: fields.part(value, valueSize) })
    // In x86-64's property sections values are aligned to 8, and padded inside of their size.
    at = value + aligned(valueSize)
  }
  return notes
}

function aligned(size: number): number {
  return Math.ceil(size / 4) * 4
}

export interface NoteFacts {
  goBuildId: string | null
  buildId: string | null
  /** GOOS and the system's own name and version, as the note has it. */
  system: { os: string; name: string; minimum: string | null } | null
  properties: Note[]
}

/** What the notes say. */
export function factsOf(notes: Note[]): NoteFacts {
  const value = (owner: string, type: number): Fields | undefined =>
    notes.find((note) => note.owner === owner && note.type === type)?.value
  return {
    goBuildId: value('Go', 4)?.buffer.toString('latin1').replace(/\0+$/, '') ?? null,
    buildId: value('GNU', 3)?.buffer.toString('hex') ?? null,
    system: systemOf(value),
    properties: notes.filter((note) => note.owner === 'GNU' && note.type === 5),
  }
}

/** Of a GNU note of type 1: the system, then the oldest kernel. */
const gnuSystems = [
  { os: 'linux', name: 'Linux' },
  { os: 'hurd', name: 'Hurd' },
  { os: 'solaris', name: 'Solaris' },
  { os: 'freebsd', name: 'FreeBSD' },
]

function systemOf(value: (owner: string, type: number) => Fields | undefined): NoteFacts['system'] {
  const android = value('Android', 1)
  if (android) return { os: 'android', name: 'Android API', minimum: String(android.u32(0)) }
  const freebsd = value('FreeBSD', 1)
  if (freebsd) return { os: 'freebsd', name: 'FreeBSD', minimum: thousands(freebsd.u32(0), 100_000, 1000) }
  const netbsd = value('NetBSD', 1)
  if (netbsd) return { os: 'netbsd', name: 'NetBSD', minimum: thousands(netbsd.u32(0), 100_000_000, 1_000_000) }
  if (value('OpenBSD', 1)) return { os: 'openbsd', name: 'OpenBSD', minimum: null }
  const dragonfly = value('DragonFly', 1)
  if (dragonfly) return { os: 'dragonfly', name: 'DragonFly', minimum: thousands(dragonfly.u32(0), 100_000, 100) }
  const gnu = value('GNU', 1)
  if (!gnu) return null
  const system = gnuSystems[gnu.u32(0)]
  return system ? { ...system, minimum: [gnu.u32(4), gnu.u32(8), gnu.u32(12)].join('.') } : null
}

/** 1400097 is FreeBSD 14.0, 1000000000 NetBSD 10.0. */
function thousands(number: number, major: number, minor: number): string {
  return `${Math.floor(number / major)}.${Math.floor((number % major) / minor)}`
}
