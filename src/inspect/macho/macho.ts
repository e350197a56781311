/** Describes a Mach-O file of one machine: a program, a library or an object for darwin or ios. */
import { findGo, platform } from '../go/go.js'
import type { Places } from '../go/places.js'
import { blank, noAbi, type Description, type Kind } from '../inspection.js'
import type { Region } from '../region.js'
import type { Source } from '../source.js'
import { commands, readMachO, type Command, type MachO } from './headers.js'
import { machOMachine, minimumCommands, platformOf, type Platform } from './machines.js'
import { readSignature } from './signature.js'
import { readSymbols } from './symbols.js'

const kinds: Record<number, Kind> = { 1: 'object', 2: 'executable', 4: 'core', 6: 'shared', 8: 'shared' }
const anyAddress = 0x200000

/** @throws GonativeError FILE_DAMAGED */
export async function describeMachO(source: Source): Promise<Description> {
  const file = await readMachO(source)
  const all = (...types: number[]): Command[] => file.commands.filter(({ type }) => types.includes(type))
  const text = (command: Command | undefined): string | null => command?.fields.text(command.fields.u32(8)) ?? null
  const libraries = all(...commands.libraries).flatMap((command) => text(command) ?? [])
  const loader = text(all(commands.loader)[0])
  const symbols = await readSymbols(file, all(commands.symbols)[0], all(commands.dynamicSymbols)[0])
  const system = readSystem(file)
  const { machine, arch, cpu } = machOMachine(file.cpu, file.cpuType)
  const found = await findGo(
    placesOf(file),
    { buildId: null, sections: hasSection(file, '__gopclntab') },
    symbols.tables,
  )
  const kind = kinds[file.type] ?? 'other'
  return {
    ...blank('mach-o', kind === 'executable' && file.flags & anyAddress ? 'pie' : kind),
    bits: file.wide ? 64 : 32,
    endian: file.little ? 'little' : 'big',
    machine,
    abi: { ...noAbi(), cpu },
    ...platform(found?.go ?? null, {
      os: system ? system.os : arch === 'arm' || arch === 'arm64' ? null : 'darwin',
      arch,
    }),
    system: system && { name: system.name, minimum: system.minimum, sdk: system.sdk },
    linkage:
      kind === 'object' || kind === 'other' ? null : libraries.length > 0 || loader !== null ? 'dynamic' : 'static',
    interpreter: loader,
    libraries,
    soname: text(all(commands.ownName)[0]),
    rpath: all(commands.rpath).flatMap((command) => text(command) ?? []),
    go: found?.go ?? null,
    cgo: found?.cgo ?? null,
    buildId: all(commands.uuid)[0]?.fields.part(8, 16).buffer.toString('hex') ?? null,
    symbols: symbols.own,
    debugInfo: hasSection(file, '__debug_info') || hasSection(file, '__zdebug_info') || symbols.stabs,
    signature: await readSignature(file),
  }
}

function hasSection({ segments }: MachO, name: string): boolean {
  return segments.some(({ sections }) => sections.some((section) => section.name === name))
}

function readSystem({ commands: list }: MachO): (Platform & { minimum: string; sdk: string | null }) | null {
  for (const { type, fields } of list) {
    if (type === commands.buildVersion) {
      return { ...platformOf(fields.u32(8)), minimum: version(fields.u32(12)), sdk: sdk(fields.u32(16)) }
    }
    const old = minimumCommands[type]
    if (old) return { ...old, minimum: version(fields.u32(8)), sdk: sdk(fields.u32(12)) }
  }
  return null
}

function sdk(number: number): string | null {
  return number === 0 ? null : version(number)
}

/** 16 bits, 8 bits and 8 bits. */
function version(number: number): string {
  const [major, minor, patch] = [number >>> 16, (number >>> 8) & 0xff, number & 0xff]
  return `${major}.${minor}${patch > 0 ? `.${patch}` : ''}`
}

function placesOf({ source, segments }: MachO): Places {
  const sections = segments.flatMap((segment) => segment.sections).filter(({ size }) => size > 0)
  const own = (name: string): Region | null => sections.find((section) => section.name === name) ?? null
  // Readable and writable, now and at most, as debug/buildinfo has it.
  const data = segments.filter((one) => one.address !== 0 && one.size > 0 && one.protection === 3 && one.maximum === 3)
  return {
    source,
    regions: segments,
    ownInfo: own('__go_buildinfo'),
    data: data.slice(0, 1),
    text: sections.filter(({ name }) => name === '__text'),
    ownFunctions: own('__gopclntab'),
    readOnly: sections.filter(({ name }) => name === '__rodata' || name === '__const'),
  }
}
