/** What can be said of a file of several parts: what all of them have in common. */
import type { Description, Part } from './inspection.js'

/** @param whole what is known already members that are no code have no say */
export function combine(whole: Description, parts: Part[]): Description {
  const speaking = parts.filter(({ format }) => format !== 'other')
  const common = <K extends keyof Description>(key: K): Description[K] | null => {
    const [first] = speaking
    if (!first) return null
    const same = speaking.every((part) => JSON.stringify(part[key]) === JSON.stringify(first[key]))
    return same ? first[key] : null
  }
  const goes = speaking.find(({ go }) => go !== null)
  return {
    ...whole,
    kind: whole.format === 'universal' ? (common('kind') ?? whole.kind) : whole.kind,
    bits: common('bits'),
    endian: common('endian'),
    machine: common('machine'),
    abi: common('abi') ?? whole.abi,
    os: common('os') ?? goes?.os ?? null,
    arch: common('arch') ?? goes?.arch ?? null,
    platformFrom: common('platformFrom') ?? goes?.platformFrom ?? whole.platformFrom,
    system: common('system'),
    linkage: common('linkage'),
    go: goes?.go ?? null,
    cgo: goes?.cgo ?? null,
    symbols: common('symbols'),
    debugInfo: common('debugInfo'),
    signature: common('signature'),
    parts,
  }
}
