/** Numbers out of a header, in its byte order; a read past its end is the file's fault and becomes its error. */
import type { GonativeError } from '../errors.js'

export class Fields {
  constructor(
    readonly buffer: Buffer,
    readonly little: boolean,
    /** Makes the error: why, and at which byte of the buffer. */
    readonly wrong: (why: string, at: number) => GonativeError,
  ) {}

  get length(): number {
    return this.buffer.length
  }

  u8(at: number): number {
    return this.need(at, 1).readUInt8(at)
  }

  u16(at: number): number {
    return this.little ? this.need(at, 2).readUInt16LE(at) : this.need(at, 2).readUInt16BE(at)
  }

  u32(at: number): number {
    return this.little ? this.need(at, 4).readUInt32LE(at) : this.need(at, 4).readUInt32BE(at)
  }

  /**
   * Above 2^53 the lowest bits are lost. An offset or a size that large is outside every file, so it is refused all the
   * same; an address that large is a kernel's.
   */
  u64(at: number): number {
    return Number(this.little ? this.need(at, 8).readBigUInt64LE(at) : this.need(at, 8).readBigUInt64BE(at))
  }

  /** An address or size as wide as the machine's. @param wide 64 bits */
  word(at: number, wide: boolean): number {
    return wide ? this.u64(at) : this.u32(at)
  }

  /** A fixed-size name: up to its first NUL, if there is one. */
  name(at: number, length: number): string {
    const text = this.need(at, length).toString('latin1', at, at + length)
    const end = text.indexOf('\0')
    return end === -1 ? text : text.slice(0, end)
  }

  /** Up to a NUL. */
  text(at: number): string {
    const end = this.need(at, 1).indexOf(0, at)
    if (end === -1) throw this.wrong('has a text without an end', at)
    return this.buffer.toString('utf8', at, end)
  }

  /** An unsigned LEB128 number (DWARF 5, section 7.6; WebAssembly: values/bytes), and where it ends. */
  leb(at: number): { value: number; end: number } {
    let value = 0
    for (let index = 0; index < 10; index++) {
      const byte = this.u8(at + index)
      value += (byte & 0x7f) * 2 ** (7 * index)
      if (byte < 0x80) return { value, end: at + index + 1 }
    }
    throw this.wrong('has a number of more than 64 bits', at)
  }

  /** A part of it. */
  part(at: number, length: number): Fields {
    const inside = this.need(at, length).subarray(at, at + length)
    return new Fields(inside, this.little, (why, offset) => this.wrong(why, at + offset))
  }

  private need(at: number, length: number): Buffer {
    if (at < 0 || length < 0 || at + length > this.buffer.length) {
      throw this.wrong(`is too short: ${length} bytes are needed at its byte ${at} of ${this.buffer.length}`, at)
    }
    return this.buffer
  }
}
