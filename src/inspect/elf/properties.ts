/** GNU properties: the processor that x86-64 code needs, and whether arm64 code is for BTI and PAC (the psABIs). */
import { noAbi, type Abi } from '../inspection.js'
import type { Note } from './notes.js'

const isaNeeded = 0xc0008002
const armFeatures = 0xc0000000
const isaLevels = ['x86-64', 'x86-64-v2', 'x86-64-v3', 'x86-64-v4']

/** @param machine e_machine: the same numbers mean other things on others */
export function propertyAbi(machine: number, notes: Note[]): Abi {
  const bits = bitsOf(notes)
  if (machine === 62) {
    const level = isaLevels.findLast((_, index) => (bits.get(isaNeeded) ?? 0) & (1 << index))
    return { ...noAbi(), cpu: level ?? null }
  }
  if (machine !== 183) return noAbi()
  const features = bits.get(armFeatures) ?? 0
  return { ...noAbi(), flags: [...(features & 1 ? ['bti'] : []), ...(features & 2 ? ['pac'] : [])] }
}

/** Each property of four bytes, by its type. */
function bitsOf(notes: Note[]): Map<number, number> {
  const found = new Map<number, number>()
  for (const { value } of notes) {
    for (let at = 0; at + 12 <= value.length;) {
      const [type, size] = [value.u32(at), value.u32(at + 4)]
      if (size === 4) found.set(type, value.u32(at + 8))
      at += 8 + Math.ceil(size / 8) * 8 // both machines have 64 bits
    }
  }
  return found
}
