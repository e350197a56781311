/** ARM's ABI: e_flags (ELF for the Arm Architecture, 5.3) and build attributes (Addenda, 3.3). */
import type { Abi } from '../inspection.js'

const tags = { cpu: 6, profile: 7, thumb: 9, float: 10, simd: 12, floatArguments: 28 }

const architectures = [
  ...['pre-v4', 'v4', 'v4t', 'v5t', 'v5te', 'v5tej', 'v6', 'v6kz', 'v6t2', 'v6k', 'v7', 'v6-m', 'v6s-m', 'v7e-m'],
  ...['v8', 'v8-r', 'v8-m.base', 'v8-m.main', 'v8.1', 'v8.2', 'v8.3', 'v8.1-m.main', 'v9'],
]
const units = ['', 'vfpv1', 'vfpv2', 'vfpv3', 'vfpv3-d16', 'vfpv4', 'vfpv4-d16', 'fp-armv8', 'fp-armv8-d16']
const simd = ['', 'neon', 'neon-fma', 'neon-armv8', 'neon-armv8.1']

/** The attributes' word for the float ABI is the compiler's own; the flags are the linker's, of executables alone. */
export function armAbi(flags: number, attributes: Map<number, number | string>): Abi {
  const number = (tag: number): number | null => {
    const value = attributes.get(tag)
    return typeof value === 'number' ? value : null
  }
  const cpu = number(tags.cpu)
  const profile = number(tags.profile)
  const version = flags >>> 24
  const known = attributes.size > 0
  return {
    name: version === 0 ? null : `eabi${version}`,
    float: floatOf(flags, known ? (number(tags.floatArguments) ?? 0) : null),
    cpu: cpu === null ? null : `${architectures[cpu] ?? `architecture ${cpu}`}${profileOf(cpu, profile)}`,
    flags: [
      units[number(tags.float) ?? 0] ?? '',
      simd[number(tags.simd) ?? 0] ?? '',
      number(tags.thumb) ? 'thumb' : '',
      flags & 0x00800000 ? 'be8' : '',
    ].filter((flag) => flag !== ''),
  }
}

/** v7 alone comes as v7-a, v7-r and v7-m, told apart by the profile's letter. */
function profileOf(cpu: number, profile: number | null): string {
  return cpu === 10 && profile ? `-${String.fromCharCode(profile).toLowerCase()}` : ''
}

/** @param attribute Tag_ABI_VFP_args: 0 base, 1 in VFP registers, 3 both */
function floatOf(flags: number, attribute: number | null): Abi['float'] {
  if (attribute === 1) return 'hard'
  if (flags & 0x400) return 'hard'
  if (attribute === 3) return 'any'
  return attribute === 0 || flags & 0x200 ? 'soft' : null
}
