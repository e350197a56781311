/** Which reader a file is for, by its first bytes. */
import type { Description } from './inspection.js'
import { unsupported } from './damaged.js'
import type { Source } from './source.js'

interface Format {
  /** The first bytes, in hex. */
  magic: string[]
  read: (source: Source) => Promise<Description>
}

const formats: Format[] = [
  { magic: ['7f454c46'], read: async (source) => (await import('./elf/elf.js')).describeElf(source) },
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
  ['213c7468696e3e', 'a thin archive: its members are elsewhere'],
  ['2321', 'a script'],
  ['504b0304', 'a zip file'],
  ['1f8b', 'a gzip file'],
]

/** @throws GonativeError FILE_DAMAGED, or FORMAT_UNSUPPORTED for what isn't one of these */
export async function describe(source: Source): Promise<Description> {
  if (source.size === 0) throw unsupported(source.name, 'the file is empty')
  const start = (await source.bytes(0, Math.min(8, source.size), 'the first bytes')).toString('hex')
  const format = formats.find(({ magic }) => magic.some((one) => start.startsWith(one)))
  if (format) return format.read(source)
  const other = others.find(([magic]) => start.startsWith(magic))
  throw unsupported(source.name, other?.[1] ?? 'the format is not known')
}
