/** Small files in the other formats: PE, Mach-O, WebAssembly and ar archives. */

const u16 = (...values: number[]): Buffer => Buffer.concat(values.map((v) => Buffer.from([v & 255, v >> 8])))
const u32 = (...values: number[]): Buffer =>
  Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32LE(value >>> 0)
      return bytes
    }),
  )
const u64 = (...values: number[]): Buffer => Buffer.concat(values.map((value) => u32(value, 0)))
const padded = (text: string, size: number, fill = '\0'): Buffer => Buffer.from(text.padEnd(size, fill), 'latin1')

/** Where the parts of `madePe` are, for tests that change them. */
export const peAt = { header: 64, sections: 64 + 24 + 240, data: 512, imports: 0x1000 }

/** A 64-bit PE program of one section, which imports from these DLLs. */
export function madePe(libraries: string[], machine = 0x8664): Buffer {
  const names = 20 * (libraries.length + 1)
  const before = (index: number): number => libraries.slice(0, index).join('\0').length + (index > 0 ? 1 : 0)
  const descriptors = libraries.map((_, index) => u32(0, 0, 0, peAt.imports + names + before(index), 0))
  const data = Buffer.concat([...descriptors, Buffer.alloc(20), Buffer.from(`${libraries.join('\0')}\0`)])
  const directories = [u32(0, 0), u32(libraries.length > 0 ? peAt.imports : 0, names), Buffer.alloc(8 * 14)]
  const optional = Buffer.concat([
    ...[
      u16(0x20b),
      Buffer.alloc(22),
      u64(0x140000000),
      u32(0x1000, 512),
      u16(4, 0, 0, 0, 6, 1),
      u32(0, 0x2000, 512, 0),
    ],
    ...[u16(3, 0x40), Buffer.alloc(32), u32(0, 16), ...directories],
  ])
  const section = Buffer.concat([padded('.idata', 8), u32(data.length, 0x1000, data.length, 512, 0, 0, 0, 0xc0000040)])
  const headers = Buffer.concat([
    ...[padded('MZ', 60), u32(64), Buffer.from('PE\0\0'), u16(machine, 1), u32(0, 0, 0), u16(optional.length, 0x22)],
    ...[optional, section],
  ])
  return Buffer.concat([headers, Buffer.alloc(512 - headers.length), data])
}

/** A 64-bit Mach-O program for arm64, with these load commands more. */
export function madeMachO(libraries: string[], more: Buffer[] = [], cpu = 0x0100000c): Buffer {
  const library = (name: string): Buffer => {
    const size = Math.ceil((24 + name.length + 1) / 8) * 8
    return Buffer.concat([u32(0xc, size, 24, 0, 0, 0), padded(name, size - 24)])
  }
  const version = u32(0x32, 24, 1, (11 << 16) | (3 << 8), (14 << 16) | (2 << 8) | 1, 0)
  const commands = [...libraries.map(library), version, ...more]
  const bytes = Buffer.concat(commands)
  return Buffer.concat([u32(0xfeedfacf, cpu, 0, 2, commands.length, bytes.length, 0x200005, 0), bytes])
}

/** A universal file of these, each at a multiple of 256. */
export function madeUniversal(parts: { cpu: number; data: Buffer }[]): Buffer {
  const table: Buffer[] = []
  const pieces: Buffer[] = []
  let at = 256
  for (const { cpu, data } of parts) {
    table.push(Buffer.concat([u32(cpu, 0, at, data.length, 8)]).swap32())
    pieces.push(data, Buffer.alloc(256 - (data.length % 256)))
    at += data.length + 256 - (data.length % 256)
  }
  const header = Buffer.concat([u32(0xcafebabe, parts.length).swap32(), ...table])
  return Buffer.concat([header, Buffer.alloc(256 - header.length), ...pieces])
}

/** A WebAssembly section of fewer than 128 bytes. */
export function wasmSection(id: number, ...parts: (Buffer | number[])[]): Buffer {
  const data = Buffer.concat(parts.map((part) => Buffer.from(part)))
  return Buffer.concat([Buffer.from([id, data.length]), data])
}

/** A name as WebAssembly writes it. */
export function wasmName(name: string): Buffer {
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name)])
}

export function madeWasm(...sections: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('\0asm\x01\0\0\0', 'latin1'), ...sections])
}

/** A member of an archive under the name that its header has; `data` may begin with a BSD name. */
export function member(name: string, data: Buffer, size: number | string = data.length): Buffer {
  const header = `${padded(name, 16, ' ').toString()}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'644'.padEnd(8)}`
  return Buffer.concat([
    Buffer.from(`${header}${String(size).padEnd(10)}\`\n`),
    data,
    Buffer.from(data.length % 2 ? '\n' : ''),
  ])
}

export function madeArchive(...members: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('!<arch>\n'), ...members])
}
