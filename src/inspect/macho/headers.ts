/** Mach-O's header and load commands (mach-o/loader.h), checked to be inside of the file. */
import type { Fields } from '../fields.js'
import type { Region } from '../region.js'
import type { Source } from '../source.js'

export interface Segment extends Region {
  protection: number
  maximum: number
  sections: (Region & { segment: string })[]
}

export interface Command {
  type: number
  /** From its own first byte. */
  fields: Fields
  /** In the file. */
  offset: number
}

export interface MachO {
  source: Source
  wide: boolean
  little: boolean
  cpu: number
  cpuType: number
  type: number
  flags: number
  commands: Command[]
  segments: Segment[]
}

/** Load commands (LC_…); those with the highest bit must be understood by the loader. */
export const commands = {
  segment: 0x1,
  symbols: 0x2,
  dynamicSymbols: 0xb,
  loader: 0xe,
  ownName: 0xd,
  uuid: 0x1b,
  codeSignature: 0x1d,
  segment64: 0x19,
  buildVersion: 0x32,
  rpath: 0x8000001c,
  libraries: [0xc, 0x20, 0x80000018, 0x8000001f, 0x80000023],
}

const mostBytes = 16 * 1024 * 1024
const zeroFilled = [0x1, 0xc, 0x12] // S_ZEROFILL, S_GB_ZEROFILL, S_THREAD_LOCAL_ZEROFILL

/** @throws GonativeError FILE_DAMAGED */
export async function readMachO(source: Source): Promise<MachO> {
  const magic = (await source.bytes(0, 4, 'the Mach-O magic')).readUInt32BE(0)
  const wide = magic === 0xcffaedfe || magic === 0xfeedfacf
  const size = wide ? 32 : 28
  const header = await source.fields(0, size, 'the Mach-O header', isLittle(magic))
  const [count, bytes] = [header.u32(16), header.u32(20)]
  if (bytes > mostBytes) throw source.damaged(`the load commands claim ${bytes} bytes`, 20)
  if (count * 8 > bytes) throw source.damaged(`${count} load commands are claimed in ${bytes} bytes`, 16)
  const all = await source.fields(size, bytes, 'the load commands', header.little)
  const list: Command[] = []
  for (let index = 0, at = 0; index < count; index++) {
    const length = all.u32(at + 4)
    if (length < 8) throw source.damaged(`load command ${index} claims ${length} bytes`, size + at)
    list.push({ type: all.u32(at), fields: all.part(at, length), offset: size + at })
    at += length
  }
  const segments = list.filter(({ type }) => type === commands.segment || type === commands.segment64)
  return {
    source,
    wide,
    little: header.little,
    cpu: header.u32(4),
    cpuType: header.u32(8),
    type: header.u32(12),
    flags: header.u32(24),
    commands: list,
    segments: segments.map((command) => readSegment(source, command)),
  }
}

function isLittle(magic: number): boolean {
  return magic === 0xcefaedfe || magic === 0xcffaedfe
}

function readSegment(source: Source, { type, fields }: Command): Segment {
  const wide = type === commands.segment64
  const step = wide ? 8 : 4
  const name = fields.name(8, 16)
  const address = fields.word(24, wide)
  const [offset, size] = [fields.word(24 + 2 * step, wide), fields.word(24 + 3 * step, wide)]
  const after = 24 + 4 * step
  if (size > 0) source.check(offset, size, `segment ${name}`)
  const entry = wide ? 80 : 68
  const sections = Array.from({ length: fields.u32(after + 8) }, (_, index) => {
    const section = fields.part(after + 16 + index * entry, entry)
    const kind = section.u32(wide ? 64 : 56) & 0xff
    const inFile = !zeroFilled.includes(kind) && section.u32(wide ? 48 : 40) > 0
    const region = {
      name: section.name(0, 16),
      segment: section.name(16, 16),
      address: section.word(32, wide),
      size: inFile ? section.word(32 + step, wide) : 0,
      offset: section.u32(wide ? 48 : 40),
    }
    if (region.size > 0) source.check(region.offset, region.size, `section ${region.segment},${region.name}`)
    return region
  })
  return { name, address, offset, size, maximum: fields.u32(after), protection: fields.u32(after + 4), sections }
}
