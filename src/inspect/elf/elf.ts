/** Describes an ELF file: executables, libraries, objects. */
import { findGo, platform } from '../go/go.js'
import type { Places } from '../go/places.js'
import type { Tables } from '../go/cgo.js'
import { blank, type Description, type Kind } from '../inspection.js'
import { whichOf } from '../scan.js'
import type { Source } from '../source.js'
import { readAbi } from './abi.js'
import { readDynamic, type Dynamic } from './dynamic.js'
import { readHeaders, sectionTypes, segmentTypes, type Elf } from './headers.js'
import { loaders, machineOf, osAbis } from './machines.js'
import { factsOf, readNotes, type NoteFacts } from './notes.js'
import { glibcFloor, highest, readVersions } from './versions.js'

/** @throws GonativeError FILE_DAMAGED */
export async function describeElf(source: Source): Promise<Description> {
  const elf = await readHeaders(source)
  const notes = factsOf(await readNotes(elf))
  const dynamic = await readDynamic(elf)
  const interpreter = await readInterpreter(elf)
  const versions = dynamic ? await readVersions(elf, dynamic) : new Map<string, string[]>()
  const goMarks = elf.sections.some(({ name }) => name === '.gopclntab' || name === '.gosymtab')
  const found = await findGo(
    placesOf(elf),
    { buildId: notes.goBuildId, sections: goMarks },
    await tablesOf(elf, dynamic),
  )
  const { machine, arch } = machineOf(elf.machine, elf.wide, elf.little)
  return {
    ...blank('elf', kindOf(elf, dynamic, interpreter)),
    bits: elf.wide ? 64 : 32,
    endian: elf.little ? 'little' : 'big',
    machine,
    abi: await readAbi(elf, notes.properties),
    ...platform(found?.go ?? null, { os: systemOf(elf, notes, interpreter), arch }),
    system: notes.system && { name: notes.system.name, minimum: notes.system.minimum, sdk: null },
    linkage: linkageOf(elf, dynamic, interpreter),
    interpreter,
    libraries: dynamic?.libraries ?? [],
    soname: dynamic?.soname ?? null,
    rpath: dynamic?.rpath ?? [],
    runpath: dynamic?.runpath ?? [],
    versions: Object.fromEntries([...versions].map(([library, all]) => [library, highest(all)])),
    glibc: glibcFloor([...versions.values()].flat()),
    go: found?.go ?? null,
    cgo: found?.cgo ?? null,
    buildId: notes.buildId,
    symbols: elf.sections.some(({ type }) => type === sectionTypes.symbols),
    debugInfo: elf.sections.some(({ name }) => /^\.z?debug_(info|line)/.test(name)),
  }
}

/** An interpreter alone does not make an executable of a library: glibc's libc.so.6 can be run, and has one. */
function kindOf({ type }: Elf, dynamic: Dynamic | null, interpreter: string | null): Kind {
  if (type === 1) return 'object'
  if (type === 2) return 'executable'
  if (type === 4) return 'core'
  if (type !== 3) return 'other'
  return dynamic?.pie || (interpreter !== null && dynamic?.soname === null) ? 'pie' : 'shared'
}

/** A static position-independent program has a dynamic segment too, for its own relocations: it needs nothing. */
function linkageOf(elf: Elf, dynamic: Dynamic | null, interpreter: string | null): Description['linkage'] {
  if (elf.type !== 2 && elf.type !== 3) return null
  if (interpreter !== null || (dynamic?.libraries.length ?? 0) > 0) return 'dynamic'
  return kindOf(elf, dynamic, interpreter) === 'shared' ? 'dynamic' : 'static'
}

async function readInterpreter({ source, segments }: Elf): Promise<string | null> {
  const segment = segments.find(({ type }) => type === segmentTypes.interpreter)
  if (!segment || segment.size === 0) return null
  return source.text(segment.offset, 'the interpreter', 4096)
}

/** GOOS, from what only one system writes. */
function systemOf({ osAbi }: Elf, notes: NoteFacts, interpreter: string | null): string | null {
  const loader = loaders.find(([path]) => path.test(interpreter ?? ''))
  return notes.system?.os ?? osAbis[osAbi] ?? loader?.[1] ?? null
}

function placesOf({ source, sections, segments }: Elf): Places {
  const inFile = sections.filter(({ type }) => type !== sectionTypes.noBits)
  const loads = segments.filter(({ type }) => type === segmentTypes.load)
  const named = (name: string): (typeof inFile)[number] | null =>
    inFile.find((section) => section.name === name) ?? null
  const writable = loads.filter(({ flags }) => (flags & 3) === 2) // W and not X, as debug/buildinfo has it
  const functions = inFile.find(({ name }) => /^(\.data\.rel\.ro)?\.gopclntab$/.test(name)) ?? null
  return {
    source,
    regions: loads,
    ownInfo: named('.go.buildinfo'),
    data: writable.slice(0, 1),
    text: [], // ELF has notes
    ownFunctions: functions,
    readOnly: loads.filter(({ flags }) => (flags & 2) === 0),
  }
}

/** What the names of the symbols say. Go's own `_cgo_init` is in every program, C's `x_cgo_init` is not. */
async function tablesOf({ source, sections }: Elf, dynamic: Dynamic | null): Promise<Tables> {
  const table = sections.find(({ name }) => name === '.strtab')
  const names = table && (await whichOf(source, table.offset, table.size, ['\0x_cgo_init\0', '\0crosscall2\0']))
  const imports = dynamic && (await whichOf(source, dynamic.strings.offset, dynamic.strings.size, ['\0getaddrinfo\0']))
  return { symbol: names ? names.size > 0 : null, imported: imports ? imports.size > 0 : null }
}
