/** The ABI of an ELF file, from its flags, its build attributes and its properties. */
import { noAbi, type Abi } from '../inspection.js'
import { armAbi } from './arm.js'
import { readAttributes } from './attributes.js'
import { sectionTypes, type Elf } from './headers.js'
import { mipsAbi } from './mips.js'
import type { Note } from './notes.js'
import { propertyAbi } from './properties.js'

/** @param properties its notes with properties @throws GonativeError FILE_DAMAGED */
export async function readAbi(elf: Elf, properties: Note[]): Promise<Abi> {
  const { machine, flags, wide, little } = elf
  if (machine === 40) return armAbi(flags, await attributesOf(elf, '.ARM.attributes', 'aeabi'))
  if (machine === 8) return mipsAbi(elf, await attributesOf(elf, '.gnu.attributes', 'gnu'))
  if (machine === 243) return riscvAbi(flags, wide, await attributesOf(elf, '.riscv.attributes', 'riscv'))
  if (machine === 21) return { ...noAbi(), name: powerName(flags & 3, little) }
  if (machine === 258) return loongAbi(flags, wide)
  if (machine === 22) return { ...noAbi(), flags: flags & 1 ? ['highgprs'] : [] }
  if (machine === 62 && !wide) return { ...noAbi(), name: 'x32' }
  return propertyAbi(machine, properties)
}

async function attributesOf(elf: Elf, name: string, vendor: string): Promise<Map<number, number | string>> {
  const section = elf.sections.find((one) => one.name === name && one.type !== sectionTypes.noBits)
  if (!section) return new Map()
  return readAttributes(await elf.source.fields(section.offset, section.size, name, elf.little), vendor)
}

/** The RISC-V psABI's "File Header": bit 0 is C, bits 1 and 2 the floating-point ABI, then RVE and TSO. */
function riscvAbi(flags: number, wide: boolean, attributes: Map<number, number | string>): Abi {
  const float = (['soft', 'single', 'double', 'quad'] as const)[(flags >> 1) & 3] ?? null
  const suffix = { soft: '', single: 'f', double: 'd', quad: 'q' }[float ?? 'soft']
  const cpu = attributes.get(5) // Tag_RISCV_arch
  return {
    name: `${wide ? 'lp64' : 'ilp32'}${flags & 8 ? 'e' : suffix}`,
    float,
    cpu: typeof cpu === 'string' ? cpu : null,
    flags: [...(flags & 1 ? ['rvc'] : []), ...(flags & 8 ? ['rve'] : []), ...(flags & 0x10 ? ['tso'] : [])],
  }
}

/** The ABI's version in the OpenPOWER ELFv2 specification, 4.1; 0 is the byte order's usual one. */
function powerName(version: number, little: boolean): string {
  return version === 2 || (version === 0 && little) ? 'elfv2' : 'elfv1'
}

/** "ELF for the LoongArch Architecture", e_flags: the base ABI, and the version of its objects. */
function loongAbi(flags: number, wide: boolean): Abi {
  const row = ([null, ['soft', 's'], ['single', 'f'], ['double', 'd']] as const)[flags & 7]
  return {
    name: row ? `${wide ? 'lp64' : 'ilp32'}${row[1]}` : null,
    float: row?.[0] ?? null,
    cpu: null,
    flags: [`objects v${(flags >> 6) & 3}`],
  }
}
