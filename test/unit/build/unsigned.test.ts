import { describe, expect, test } from 'vitest'
import { withoutSignature } from '../../../src/build/rebuild/unsigned.js'

interface Made {
  /** The signature's bytes; 0 for a program without one. */
  signature: number
  /** What the signer rounds `__LINKEDIT`'s size in memory up to. */
  page?: number
  code?: string
}

const [commandsEnd, linkEdit] = [0x400, 0x800]
const linkEditSize = 0x40

/** A 64-bit Mach-O as Go's linker lays it out: header, `__LINKEDIT` as a segment, the signature as the last command. */
function program({ signature, page = 1, code = 'code' }: Made): Buffer {
  const data = Buffer.alloc(linkEdit + linkEditSize + signature)
  const count = signature > 0 ? 2 : 1
  for (const [at, value] of [0xfeedfacf, 0x0100000c, 0, 2, count, 72 + (count - 1) * 16].entries()) {
    data.writeUInt32LE(value, at * 4)
  }
  data.writeUInt32LE(0x19, 32)
  data.writeUInt32LE(72, 36)
  data.write('__LINKEDIT', 40, 'latin1')
  const size = linkEditSize + signature
  data.writeBigUInt64LE(BigInt(Math.ceil(size / page) * page), 64)
  data.writeBigUInt64LE(BigInt(linkEdit), 72)
  data.writeBigUInt64LE(BigInt(size), 80)
  if (signature > 0) {
    for (const [at, value] of [0x1d, 16, linkEdit + linkEditSize, signature].entries()) {
      data.writeUInt32LE(value, 104 + at * 4)
    }
    data.fill(0xfa, linkEdit + linkEditSize)
  }
  data.write(code, commandsEnd, 'latin1')
  return data
}

describe('a darwin program without its signature', () => {
  const plain = program({ signature: 0 })

  test('is what it was before it was signed', () => {
    expect(withoutSignature(program({ signature: 0x200 }))).toEqual(plain)
  })

  test('is the same whoever signed it, and however that rounds the segment', () => {
    const [adHoc, apple] = [program({ signature: 0x120 }), program({ signature: 0x2a00, page: 0x4000 })]
    expect(withoutSignature(apple)).toEqual(withoutSignature(adHoc))
  })

  test('still differs where its code does', () => {
    const other = program({ signature: 0x200, code: 'evil' })
    expect(withoutSignature(other)).not.toEqual(plain)
  })

  test('is left as it is where it has none, or is no such program', () => {
    for (const data of [plain, Buffer.from('\x7fELF and more than a header of it, as it may be'), Buffer.alloc(3)]) {
      expect(withoutSignature(data)).toBe(data)
    }
  })

  test('that lies about its commands is left as it is', () => {
    const data = program({ signature: 0x200 })
    for (const [at, value] of [
      [20, 0xffffffff],
      [36, 0],
      [112, 0xffffffff],
    ] as const) {
      const lie = Buffer.from(data)
      lie.writeUInt32LE(value, at)
      expect(() => withoutSignature(lie)).not.toThrow()
    }
  })

  test('is not written to', () => {
    const data = program({ signature: 0x200 })
    const copy = Buffer.from(data)
    withoutSignature(data)
    expect(data).toEqual(copy)
  })
})
