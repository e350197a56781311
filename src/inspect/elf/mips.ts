/** MIPS's ABI: e_flags (the psABI supplement and binutils' include/elf/mips.h), .MIPS.abiflags, GNU attributes. */
import type { Abi } from '../inspection.js'
import { sectionTypes, segmentTypes, type Elf } from './headers.js'

/** By the flags' highest four bits. */
const levels = [
  'mips1',
  'mips2',
  'mips3',
  'mips4',
  'mips5',
  'mips32',
  'mips64',
  'mips32r2',
  'mips64r2',
  'mips32r6',
  'mips64r6',
]
const bits: [number, string][] = [
  [0x2, 'pic'],
  [0x4, 'cpic'],
  [0x200, 'fp64'],
  [0x400, 'nan2008'],
  [0x02000000, 'micromips'],
  [0x04000000, 'mips16'],
]
const abis: Record<number, string> = { 0x1000: 'o32', 0x2000: 'o64', 0x3000: 'eabi32', 0x4000: 'eabi64' }

/** Val_GNU_MIPS_ABI_FP_…, the same numbers in both places. */
const floats: ([Abi['float'], string] | null)[] = [
  ['any', ''],
  ['hard', 'fp-double'],
  ['single', 'fp-single'],
  ['soft', ''],
  ['hard', 'fp-old-64'],
  ['hard', 'fpxx'],
  ['hard', 'fp64'],
  ['hard', 'fp64a'],
]

/** @param attributes GNU's @throws GonativeError FILE_DAMAGED */
export async function mipsAbi(elf: Elf, attributes: Map<number, number | string>): Promise<Abi> {
  const { flags, wide } = elf
  const level = levels[flags >>> 28]
  const attribute = attributes.get(4)
  const kind = (await abiFlags(elf)) ?? (typeof attribute === 'number' ? attribute : null)
  const [float, width] = (kind === null ? null : floats[kind]) ?? [null, '']
  const set = bits.filter(([bit]) => flags & bit).map(([, name]) => name)
  return {
    name: wide ? 'n64' : flags & 0x20 ? 'n32' : (abis[flags & 0xf000] ?? null),
    float,
    cpu: level ?? null,
    flags: [...new Set([...set, ...(width === '' ? [] : [width])])],
  }
}

/** The FP ABI in .MIPS.abiflags version 0, a structure of 24 bytes (its eighth); null if there is none. */
async function abiFlags({ source, little, sections, segments }: Elf): Promise<number | null> {
  const found =
    segments.find(({ type, size }) => type === segmentTypes.mipsAbiFlags && size > 0) ??
    sections.find(({ name, type, size }) => name === '.MIPS.abiflags' && type !== sectionTypes.noBits && size > 0)
  if (!found) return null
  const fields = await source.fields(found.offset, 24, '.MIPS.abiflags', little)
  return fields.u16(0) === 0 ? fields.u8(7) : null
}
