/**
 * Finds what the go command wrote about a build, as debug/buildinfo does: a header of 32 bytes, aligned to 16. Since Go
 * 1.18 two texts with their lengths follow it; before, it has pointers to two Go strings.
 */
import type { Source } from '../source.js'
import { offsetOf, type Region } from '../region.js'
import { findAll } from '../scan.js'
import type { Places } from './places.js'

const magic = Buffer.from('\xff Go buildinf:', 'latin1')
const alignment = 16
const headerSize = 32
const flags = { big: 1, inline: 2 }

/** At each end of the text of modules, in bytes. */
const frame = 16

export interface BuildInfo {
  version: string
  /** Lines of `debug.BuildInfo.String()`; empty for programs outside of a module. */
  text: string
}

/** @returns null if there is none @throws GonativeError FILE_DAMAGED if its own section does not hold it whole */
export async function findBuildInfo(places: Places): Promise<BuildInfo | null> {
  const { source, ownInfo } = places
  if (ownInfo) {
    const found = await inRegion(places, ownInfo)
    if (!found && ownInfo.size > 0)
      throw source.damaged('the section of Go build information is not true', ownInfo.offset)
    return found
  }
  for (const region of places.data) {
    const found = await inRegion(places, region)
    if (found) return found
  }
  return null
}

/** The lines that frame the text of modules (cmd/go/internal/modload, infoStart and infoEnd). */
const frames = {
  start: Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex'),
  end: Buffer.from('f932433186182072008242104116d8f2', 'hex'),
}

/** The text of modules by its frame, for WebAssembly: Go's linker writes no header there. @returns null if there is none */
export async function findModuleText(source: Source, { offset, size }: Region): Promise<string | null> {
  for await (const at of findAll(source, offset, size, frames.start)) {
    for await (const end of findAll(source, at, offset + size - at, frames.end)) {
      const text = await source.bytes(at + frame, end - at - frame, 'the text of modules')
      return text.toString('utf8')
    }
  }
  return null
}

async function inRegion(places: Places, region: Region): Promise<BuildInfo | null> {
  for await (const at of findAll(places.source, region.offset, region.size, magic)) {
    if ((at - region.offset) % alignment !== 0) continue
    const found = await readAt(places, at, region.offset + region.size)
    if (found) return found
  }
  return null
}

/** What is at a magic; null where it turns out to be something else. */
async function readAt(places: Places, at: number, end: number): Promise<BuildInfo | null> {
  const { source } = places
  if (at + headerSize > end) return null
  const header = await source.bytes(at, headerSize, 'the header of Go build information')
  const [wide, flag] = [header.readUInt8(14), header.readUInt8(15)]
  if (flag & flags.inline) {
    const version = await inline(source, at + headerSize, end)
    const text = version && (await inline(source, version.end, end))
    return version?.text && text ? { version: version.text, text: unframed(text.bytes) } : null
  }
  if (wide !== 4 && wide !== 8) return null
  const pointers: Pointers = { places, wide: wide === 8, little: (flag & flags.big) === 0 }
  const fields = await source.fields(at, headerSize, 'the header of Go build information', pointers.little)
  const version = await goString(pointers, fields.word(16, pointers.wide))
  const text = await goString(pointers, fields.word(16 + wide, pointers.wide))
  if (!version || version.length === 0) return null
  return { version: version.toString('utf8'), text: unframed(text ?? Buffer.alloc(0)) }
}

/** A varint length and that many bytes; null if they are not all before `end`. */
async function inline(
  source: Source,
  at: number,
  end: number,
): Promise<{ text: string; bytes: Buffer; end: number } | null> {
  const room = Math.min(10, end - at)
  if (room <= 0) return null
  const prefix = await source.bytes(at, room, 'a length in Go build information')
  const last = prefix.findIndex((byte) => byte < 0x80)
  if (last === -1) return null
  const length = prefix.subarray(0, last + 1).reduceRight((value, byte) => value * 128 + (byte & 0x7f), 0)
  const start = at + last + 1
  if (length > end - start) return null
  const bytes = await source.bytes(start, length, 'a text in Go build information')
  return { text: bytes.toString('utf8'), bytes, end: start + length }
}

interface Pointers {
  places: Places
  wide: boolean
  little: boolean
}

/** A Go string header at an address, followed to its bytes. */
async function goString({ places, wide, little }: Pointers, address: number): Promise<Buffer | null> {
  const width = wide ? 8 : 4
  const header = offsetOf(places.regions, address)
  if (!header || header.room < 2 * width) return null
  const fields = await places.source.fields(header.offset, 2 * width, 'a string of Go build information', little)
  const length = fields.word(width, wide)
  const data = offsetOf(places.regions, fields.word(0, wide))
  if (!data || data.room < length) return null
  return places.source.bytes(data.offset, length, 'a string of Go build information')
}

function unframed(bytes: Buffer): string {
  const framed = bytes.length >= 2 * frame + 1 && bytes[bytes.length - frame - 1] === 0x0a
  return framed ? bytes.toString('utf8', frame, bytes.length - frame) : ''
}
