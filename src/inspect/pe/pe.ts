/** Describes a PE file: a windows program or DLL. */
import { findGo, platform } from '../go/go.js'
import type { Places } from '../go/places.js'
import type { Tables } from '../go/cgo.js'
import { blank, type Description, type Kind } from '../inspection.js'
import { unsupported } from '../damaged.js'
import { whichOf } from '../scan.js'
import type { Source } from '../source.js'
import { readPe, type Coff, type Pe } from './headers.js'
import { ownName, readImports } from './imports.js'
import { machineRow } from './machines.js'

const bits = { relocationsStripped: 0x1, dll: 0x2000, dynamicBase: 0x40 }
const firmware = [10, 11, 12, 13]
const certificates = 4
const codeSection = 0x20
/** Initialised data that can be read and written. */
const dataSection = 0xc0000040

/** @throws GonativeError FILE_DAMAGED, or FORMAT_UNSUPPORTED for a DOS program */
export async function describePe(source: Source): Promise<Description> {
  const dos = await source.fields(0, 64, 'the MZ header', true)
  const at = dos.u32(0x3c)
  const signature = at + 4 <= source.size ? await source.bytes(at, 4, 'the PE signature') : Buffer.alloc(0)
  if (signature.toString('latin1', 0, 2) === 'NE') throw unsupported(source.name, 'a 16-bit windows program')
  if (signature.toString('latin1') !== 'PE\0\0') {
    throw source.damaged('an MZ header that leads to no PE header: a DOS program, or cut off', at)
  }
  const pe = await readPe(source, at)
  const { libraries, delayed } = await readImports(pe)
  const row = machineRow(pe.machine)
  const found = await findGo(placesOf(pe, pe.imageBase), { buildId: null, sections: false }, await tablesOf(pe))
  const os = firmware.includes(pe.subsystem) ? null : 'windows'
  return {
    ...blank('pe', kindOf(pe)),
    bits: pe.wide ? 64 : 32,
    endian: 'little',
    machine: row?.machine ?? `machine 0x${pe.machine.toString(16)}`,
    ...platform(found?.go ?? null, { os, arch: row?.arch ?? null }),
    system: { name: os === null ? 'EFI' : 'Windows', minimum: pe.minimum, sdk: null },
    linkage: libraries.length > 0 ? 'dynamic' : 'static',
    libraries,
    delayedLibraries: delayed,
    soname: await ownName(pe),
    go: found?.go ?? null,
    cgo: found?.cgo ?? null,
    ...tablesPresent(pe),
    signature: isSigned(pe) ? 'certificate' : 'none',
  }
}

function kindOf({ characteristics, dllCharacteristics }: Pe): Kind {
  if (characteristics & bits.dll) return 'shared'
  const moves = dllCharacteristics & bits.dynamicBase && !(characteristics & bits.relocationsStripped)
  return moves ? 'pie' : 'executable'
}

/** The certificates' "address" is an offset in the file. */
function isSigned({ source, directories }: Pe): boolean {
  const { address = 0, size = 0 } = directories[certificates] ?? {}
  if (size === 0) return false
  source.check(address, size, 'the certificate table')
  return true
}

/** Symbols and debug information of a program or an object. */
export function tablesPresent({ symbols, sections }: Coff): Pick<Description, 'symbols' | 'debugInfo'> {
  return {
    symbols: symbols !== null && symbols.count > 0,
    debugInfo: sections.some(({ name }) => /^\.z?debug(\$S|_info|_line)/.test(name)),
  }
}

/** @param base what is added to addresses in sections; 0 in objects */
export function placesOf({ source, sections }: Coff, base: number): Places {
  const regions = sections.map((section) => ({ ...section, address: section.address + base }))
  const own = (name: string): (typeof regions)[number] | null => regions.find((one) => one.name === name) ?? null
  const text = regions.filter(({ characteristics }) => characteristics & codeSection)
  return {
    source,
    regions,
    ownInfo: own('.go.buildinfo'),
    data: regions.filter(({ characteristics, size }) => size > 0 && isData(characteristics)),
    text,
    ownFunctions: own('.gopclntab'),
    readOnly: regions.filter(({ characteristics, size }) => size > 0 && !isData(characteristics)),
  }
}

function isData(characteristics: number): boolean {
  return (characteristics & dataSection) >>> 0 === dataSection
}

/** Whether C's side of runtime/cgo is among the names of symbols; on 386 they have a `_` before them. */
export async function tablesOf({ source, symbols }: Coff): Promise<Tables> {
  if (!symbols || symbols.count === 0) return { symbol: null, imported: null }
  const { offset, size } = symbols.names
  const names = await whichOf(source, offset, size, ['\0x_cgo_init\0', '\0_x_cgo_init\0', '\0crosscall2\0'])
  return { symbol: names.size > 0, imported: null }
}
