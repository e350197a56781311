/** Looks for byte strings in a range of a file, a piece at a time. */
import type { Source } from './source.js'

const piece = 1024 * 1024

/** Offsets in the file of every place where the needle is, in order. */
export async function* findAll(source: Source, at: number, size: number, needle: Buffer): AsyncGenerator<number> {
  const end = at + size
  for (let start = at; start < end; start += piece) {
    // Each piece reaches into the next, for needles across the border.
    const length = Math.min(piece + needle.length - 1, end - start)
    const bytes = await source.bytes(start, length, 'the range searched')
    for (let hit = bytes.indexOf(needle); hit !== -1; hit = bytes.indexOf(needle, hit + 1)) yield start + hit
  }
}

/** Which of these texts are in the range, in one pass. */
export async function whichOf<T extends string>(
  source: Source,
  at: number,
  size: number,
  texts: readonly T[],
): Promise<Set<T>> {
  const found = new Set<T>()
  const needles = texts.map((text) => ({ text, bytes: Buffer.from(text, 'latin1') }))
  const longest = Math.max(...needles.map(({ bytes }) => bytes.length))
  const end = at + size
  for (let start = at; start < end && found.size < texts.length; start += piece) {
    const bytes = await source.bytes(start, Math.min(piece + longest - 1, end - start), 'the range searched')
    for (const needle of needles) {
      if (!found.has(needle.text) && bytes.includes(needle.bytes)) found.add(needle.text)
    }
  }
  return found
}
