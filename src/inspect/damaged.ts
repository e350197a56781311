/** The ways in which a file is refused. Each message names the file, what was wrong and where. */
import { GonativeError } from '../errors.js'

/**
 * A header that is cut off or not true.
 * @param name the file, and the part of it where it has parts
 * @param what what was read and why it can't be so
 * @param at the offset in the file, in bytes
 */
export function damaged(name: string, what: string, at: number): GonativeError {
  return new GonativeError('FILE_DAMAGED', `${name}: ${what} (at offset 0x${Math.max(0, at).toString(16)})`, {
    hint: 'The file is cut off, or its headers are not true. Copy or build it again.',
  })
}

/** A file that is whole, for all that is known, and in a format that isn't read here. */
export function unsupported(name: string, what: string): GonativeError {
  return new GonativeError('FORMAT_UNSUPPORTED', `${name}: ${what}`, {
    hint: 'inspect reads ELF, PE, Mach-O, WebAssembly and ar archives.',
  })
}
