/**
 * Go's build ID where the format has no notes: a text at the beginning of Go's code (cmd/internal/buildid). A C linker may
 * put C's code before Go's, so all of it is searched.
 */
import { findAll } from '../scan.js'
import type { Places } from './places.js'

const start = Buffer.from('\xff Go build ID: "', 'latin1')
const end = Buffer.from('"\n \xff', 'latin1')
const most = 512

/** @returns null if there is none */
export async function findBuildId({ source, text }: Pick<Places, 'source' | 'text'>): Promise<string | null> {
  for (const region of text) {
    for await (const at of findAll(source, region.offset, region.size, start)) {
      const room = Math.min(most, region.offset + region.size - at)
      const bytes = await source.bytes(at, room, 'the Go build ID')
      const stop = bytes.indexOf(end, start.length)
      if (stop !== -1) return bytes.toString('latin1', start.length, stop)
    }
  }
  return null
}
