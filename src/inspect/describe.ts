/** Which reader a file is for, by its first bytes. */
import { unsupported } from './damaged.js'
import type { Description } from './inspection.js'
import type { Source } from './source.js'

type Read = (source: Source, describePart: (part: Source) => Promise<Description>) => Promise<Description>

interface Format {
  /** The first bytes, in hex. */
  magic: string[]
  read: Read
  /** How deep in other files it may be: a universal file has archives, and these have objects. */
  depth: number
}

const formats: Format[] = [
  { magic: ['7f454c46'], depth: 2, read: async (source) => (await import('./elf/elf.js')).describeElf(source) },
  { magic: ['4d5a'], depth: 2, read: async (source) => (await import('./pe/pe.js')).describePe(source) },
  {
    magic: ['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe'],
    depth: 2,
    read: async (source) => (await import('./macho/macho.js')).describeMachO(source),
  },
  {
    magic: ['cafebabe', 'cafebabf'],
    depth: 0,
    read: async (source, part) => (await import('./macho/universal.js')).describeUniversal(source, part),
  },
  { magic: ['0061736d'], depth: 2, read: async (source) => (await import('./wasm/wasm.js')).describeWasm(source) },
  {
    magic: [Buffer.from('!<arch>\n').toString('hex')],
    depth: 1,
    read: async (source, part) => (await import('./ar/ar.js')).describeArchive(source, part),
  },
  {
    magic: [Buffer.from('go objec').toString('hex')],
    depth: 2,
    read: async (source) => (await import('./ar/go-object.js')).describeGoObject(source),
  },
]

/** Formats that are not read, so that their files get more of an answer than "unknown". */
const others: [magic: string, what: string][] = [
  ['01df', 'an XCOFF file (AIX, 32 bits), which is not supported'],
  ['01f7', 'an XCOFF file (AIX, 64 bits), which is not supported'],
  ['000001eb', 'a Plan 9 executable (386), which is not supported'],
  ['00008a97', 'a Plan 9 executable (amd64), which is not supported'],
  ['00000647', 'a Plan 9 executable (arm), which is not supported'],
  ['00008b87', 'a Plan 9 executable (arm64), which is not supported'],
  ['3c62696761663e', 'an AIX archive, which is not supported'],
  ['213c7468696e3e', 'a thin archive: its members are files of their own'],
  ['2321', 'a script'],
  ['504b0304', 'a zip file'],
  ['1f8b', 'a gzip file'],
]

/**
 * @param depth how many files it is inside of
 * @throws GonativeError FILE_DAMAGED, or FORMAT_UNSUPPORTED for what isn't one of these
 */
export async function describe(source: Source, depth = 0): Promise<Description> {
  if (source.size === 0) throw unsupported(source.name, 'it is empty')
  const start = (await source.bytes(0, Math.min(8, source.size), 'the first bytes')).toString('hex')
  const format = formats.find(({ magic }) => magic.some((one) => start.startsWith(one)))
  if (format && depth <= format.depth) return format.read(source, (part) => describe(part, depth + 1))
  const { describeCoff, looksLikeCoff } = await import('./pe/coff.js')
  if (await looksLikeCoff(source)) return describeCoff(source)
  const other = others.find(([magic]) => start.startsWith(magic))
  throw unsupported(source.name, other?.[1] ?? 'the format is not known')
}
