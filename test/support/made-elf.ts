/** Makes small ELF files, sound or lying as a test needs them. */

export interface MadeElf {
  wide?: boolean
  little?: boolean
  type?: number
  machine?: number
  flags?: number
  osAbi?: number
  segments?: { type: number; flags?: number; address?: number; data: Buffer }[]
  sections?: { name: string; type: number; address?: number; data: Buffer }[]
}

/** Numbers in the byte order and width of a file. */
export class Words {
  constructor(
    readonly wide: boolean,
    readonly little: boolean,
  ) {}

  u16(value: number): Buffer {
    const bytes = Buffer.alloc(2)
    if (this.little) bytes.writeUInt16LE(value)
    else bytes.writeUInt16BE(value)
    return bytes
  }

  u32(...values: number[]): Buffer {
    return Buffer.concat(
      values.map((value) => {
        const bytes = Buffer.alloc(4)
        if (this.little) bytes.writeUInt32LE(value)
        else bytes.writeUInt32BE(value)
        return bytes
      }),
    )
  }

  /** As wide as an address. */
  word(...values: number[]): Buffer {
    if (!this.wide) return this.u32(...values)
    return Buffer.concat(
      values.map((value) => {
        const bytes = Buffer.alloc(8)
        if (this.little) bytes.writeBigUInt64LE(BigInt(value))
        else bytes.writeBigUInt64BE(BigInt(value))
        return bytes
      }),
    )
  }
}

/** Header, segment table, data, section names, section table. */
export function madeElf(options: MadeElf): Buffer {
  const { wide = true, little = true, type = 2, machine = 62, flags = 0, osAbi = 0 } = options
  const { segments = [], sections = [] } = options
  const to = new Words(wide, little)
  const [header, segmentEntry, sectionEntry] = wide ? [64, 56, 64] : [52, 32, 40]
  const names = Buffer.from(`\0${[...sections.map(({ name }) => name), '.shstrtab'].join('\0')}\0`)
  const nameAt = (name: string): number => names.indexOf(`\0${name}\0`) + 1
  const pieces: Buffer[] = []
  let at = header + segmentEntry * segments.length
  const place = (data: Buffer): number => {
    const offset = Math.ceil(at / 16) * 16
    pieces.push(Buffer.alloc(offset - at), data)
    at = offset + data.length
    return offset
  }
  const segmentTable = segments.map((one) => {
    const [offset, address, size] = [place(one.data), one.address ?? 0, one.data.length]
    const access = to.u32(one.flags ?? 4)
    return wide
      ? Buffer.concat([to.u32(one.type), access, to.word(offset, address, address, size, size, 1)])
      : Buffer.concat([to.u32(one.type), to.word(offset, address, address, size, size), access, to.u32(1)])
  })
  const all = [...sections, { name: '.shstrtab', type: 3, data: names }]
  const sectionTable = all.map((one) =>
    Buffer.concat([
      to.u32(nameAt(one.name), one.type),
      to.word(0, 'address' in one ? (one.address ?? 0) : 0, place(one.data), one.data.length),
      to.u32(0, 0),
      to.word(1, 0),
    ]),
  )
  const tableAt = place(Buffer.concat([Buffer.alloc(sectionEntry), ...sectionTable]))
  return Buffer.concat([
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, little ? 1 : 2, 1, osAbi, 0, 0, 0, 0, 0, 0, 0, 0]),
    ...[to.u16(type), to.u16(machine), to.u32(1), to.word(0, segments.length > 0 ? header : 0, tableAt), to.u32(flags)],
    ...[header, segmentEntry, segments.length, sectionEntry, all.length + 1, all.length].map((value) => to.u16(value)),
    ...segmentTable,
    ...pieces,
  ])
}

/** A dynamic program that needs these versions of these libraries. */
export function madeDynamic(needs: Record<string, string[]>, tags: [tag: number, text: string][] = []): Buffer {
  const to = new Words(true, true)
  const texts = [...Object.entries(needs).flat(2), ...tags.map(([, text]) => text)]
  const strings = Buffer.from(`\0${texts.join('\0')}\0`)
  const at = (text: string): number => strings.indexOf(`\0${text}\0`) + 1
  const libraries = Object.entries(needs)
  const records = libraries.map(([library, versions], index) =>
    Buffer.concat([
      ...[to.u16(1), to.u16(versions.length), to.u32(at(library), 16)],
      to.u32(index === libraries.length - 1 ? 0 : 16 + 16 * versions.length),
      ...versions.map((version, place) =>
        Buffer.concat([to.u32(0), to.u16(0), to.u16(2), to.u32(at(version), place === versions.length - 1 ? 0 : 16)]),
      ),
    ]),
  )
  const base = 0x400000
  const entries = [
    ...libraries.map(([library]) => [1, at(library)]),
    ...tags.map(([tag, text]) => [tag, at(text)]),
    ...[
      [5, base],
      [10, strings.length],
      [0x6ffffffe, base + strings.length],
      [0x6fffffff, libraries.length],
      [0, 0],
    ],
  ]
  return madeElf({
    segments: [
      { type: 1, address: base, data: Buffer.concat([strings, ...records]) },
      { type: 2, address: base + 0x10000, data: to.word(...entries.flat()) },
      { type: 3, data: Buffer.from('/lib64/ld-linux-x86-64.so.2\0') },
    ],
  })
}
