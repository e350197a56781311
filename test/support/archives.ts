/**
 * Zips and tars byte by byte, so that honest and hostile ones alike can be expressed: nothing here refuses a name, a
 * type or a lie. The formats are APPNOTE.TXT's and POSIX pax's.
 */
import { execFileSync } from 'node:child_process'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'

export interface ZipMember {
  name: string | Buffer
  data?: string | Buffer
  /** The whole unix mode with its type; default a regular file 0644, or a directory where the name ends in a slash. */
  mode?: number
  stored?: boolean
  /** What the directory says instead of the truth. */
  says?: { size?: number; packedSize?: number; crc?: number; flags?: number; method?: number; offset?: number }
  /** What stands before the data instead of what the directory says. */
  local?: { name?: string; size?: number; method?: number }
}

/** A zip of the members in their order, duplicates and all. */
export function makeZip(members: ZipMember[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const member of members) {
    const name = Buffer.from(member.name as string)
    const data = Buffer.from((member.data ?? '') as string)
    const method = member.says?.method ?? (member.stored ? 0 : 8)
    const packed = member.stored ? data : deflateRawSync(data)
    const flags = member.says?.flags ?? 0
    const crc = member.says?.crc ?? crc32(data)
    const size = member.says?.size ?? data.length
    const packedSize = member.says?.packedSize ?? packed.length
    const localName = member.local?.name === undefined ? name : Buffer.from(member.local.name)

    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(flags, 6)
    local.writeUInt16LE(member.local?.method ?? method, 8)
    local.writeUInt32LE(crc, 14)
    local.writeUInt32LE(packedSize, 18)
    local.writeUInt32LE(member.local?.size ?? size, 22)
    local.writeUInt16LE(localName.length, 26)

    const mode = member.mode ?? (name.at(-1) === 0x2f ? 0o040755 : 0o100644)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE((3 << 8) | 20, 4)
    central.writeUInt16LE(20, 6)
    central.writeUInt16LE(flags, 8)
    central.writeUInt16LE(method, 10)
    central.writeUInt32LE(crc, 16)
    central.writeUInt32LE(packedSize, 20)
    central.writeUInt32LE(size, 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE((mode << 16) >>> 0, 38)
    central.writeUInt32LE(member.says?.offset ?? offset, 42)

    locals.push(local, localName, packed)
    centrals.push(central, name)
    offset += local.length + localName.length + packed.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

export interface TarMember {
  name: string
  data?: string | Buffer
  /** The type flag: `0` a file, `1` a hard link, `2` a symbolic one, `3` `4` devices, `5` a directory, `6` a pipe. */
  type?: string
  /** Of links. */
  target?: string
  mode?: number
  /** Seconds. */
  mtime?: number
  /** What the header says instead of the data's length. */
  size?: number
  /** Records of a pax extended header before this entry. */
  pax?: Record<string, string>
}

/** An uncompressed tar. `end: false` leaves the two empty blocks away. */
export function makeTar(members: TarMember[], options: { end?: boolean } = {}): Buffer {
  const blocks = members.flatMap((member) => [...paxBlocks(member.pax), ...entryBlocks(member)])
  return Buffer.concat([...blocks, Buffer.alloc(options.end === false ? 0 : 1024)])
}

export function makeTarGz(members: TarMember[], options: { end?: boolean } = {}): Buffer {
  return gzipSync(makeTar(members, options))
}

/** A GNU long name header (type L) or long link (type K) and the entry that it is for. */
export function gnuLong(type: 'L' | 'K', text: string): TarMember {
  return { name: '././@LongLink', type, data: text }
}

/** By the xz that is on PATH; undefined when there is none. */
export function xz(data: Buffer): Buffer | undefined {
  try {
    return execFileSync('xz', ['-c', '-T1'], { input: data, maxBuffer: 1 << 28 })
  } catch {
    return undefined
  }
}

function paxBlocks(records: Record<string, string> | undefined): Buffer[] {
  if (!records) return []
  const data = Object.entries(records).map(([key, value]) => paxRecord(key, value))
  return entryBlocks({ name: 'PaxHeader/x', type: 'x', data: data.join('') })
}

/** `25 path=some/name\n`, where the number counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const bytes = Buffer.byteLength(rest)
  const digits = String(bytes + String(bytes + 2).length).length
  return `${bytes + digits}${rest}`
}

function entryBlocks(member: TarMember): Buffer[] {
  const data = Buffer.from((member.data ?? '') as string)
  const type = member.type ?? '0'
  const header = Buffer.alloc(512)
  header.write(member.name, 0, 100)
  writeOctal(header, member.mode ?? (type === '5' ? 0o755 : 0o644), 100, 8)
  writeOctal(header, 0, 108, 8)
  writeOctal(header, 0, 116, 8)
  writeOctal(header, member.size ?? data.length, 124, 12)
  writeOctal(header, member.mtime ?? 1_000_000_000, 136, 12)
  header.write('        ', 148)
  header.write(type, 156)
  header.write(member.target ?? '', 157, 100)
  header.write('ustar\u000000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]
}

function writeOctal(header: Buffer, value: number, at: number, length: number): void {
  header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at)
}
