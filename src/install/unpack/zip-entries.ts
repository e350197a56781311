/**
 * A zip's directory, read whole and judged before anything is written. Where a zip can say one thing twice (names and
 * sizes stand in the directory and before the data) both must agree: programs differ in which they believe.
 */
import type * as Yauzl from 'yauzl'
import type { TreeWriter, Admitted } from './tree-writer.js'
import { corrupt, unsafe } from './unpacked.js'

/** What is kept of an entry: of yauzl's own, twelve thousand take 20 MB. */
export interface ZipEntry extends Admitted {
  raw: Pick<Yauzl.Entry, 'relativeOffsetOfLocalHeader' | 'compressedSize' | 'uncompressedSize' | 'crc32'>
  /** The name's bytes, each as one character. */
  bytes: string
  deflated: boolean
  isDirectory: boolean
  executable: boolean
}

const isRegular = 0o100000
const isDirectory = 0o040000
/** General purpose bits (APPNOTE.TXT 4.4.4): encrypted; sizes follow the data. */
const encrypted = 0x1
const sizesFollow = 0x8
/** Compression methods (APPNOTE.TXT 4.4.5). */
const stored = 0
const deflate = 8
/** No toolchain comes near; a directory larger than this is only there to fill memory. */
const maxEntries = 500_000

/** Reads the directory. @throws UNSAFE_ARCHIVE, CORRUPT_ARCHIVE */
export async function zipEntries(zip: Yauzl.ZipFile, tree: TreeWriter): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = []
  let bytes = 0
  for await (const raw of zip.eachEntry()) {
    const entry = judge(raw, tree)
    bytes += raw.uncompressedSize
    if (entries.push(entry) > maxEntries) throw corrupt(tree.archive.name, `it has more than ${maxEntries} entries`)
    if (bytes > tree.maxBytes) throw tree.tooMuch(entry.name)
  }
  return entries
}

function judge(raw: Yauzl.Entry, tree: TreeWriter): ZipEntry {
  const archive = tree.archive.name
  const name = raw.fileNameRaw.toString('utf8') // also without the UTF-8 flag, as Go reads names
  const unix = raw.externalFileAttributes >>> 16
  const type = unix & 0o170000
  const directory = name.endsWith('/')
  if (type !== 0 && type !== (directory ? isDirectory : isRegular)) throw unsafe(archive, name, kindOf(type))
  if (raw.generalPurposeBitFlag & encrypted) throw unsafe(archive, name, 'is encrypted')
  if (directory && raw.uncompressedSize > 0) throw unsafe(archive, name, 'is a directory that holds bytes')
  if (raw.compressionMethod !== stored && raw.compressionMethod !== deflate) {
    throw corrupt(archive, `${JSON.stringify(name)} is compressed by method ${raw.compressionMethod}, not deflate`)
  }
  if (raw.compressionMethod === stored && raw.compressedSize !== raw.uncompressedSize) {
    throw unsafe(archive, name, `holds ${raw.compressedSize} bytes and says ${raw.uncompressedSize}`)
  }
  const admitted = tree.admit(name, directory ? 'directory' : 'file')
  const { relativeOffsetOfLocalHeader, compressedSize, uncompressedSize, crc32 } = raw
  return {
    ...admitted,
    raw: { relativeOffsetOfLocalHeader, compressedSize, uncompressedSize, crc32 },
    bytes: raw.fileNameRaw.toString('latin1'),
    deflated: raw.compressionMethod === deflate,
    isDirectory: directory,
    executable: (unix & 0o111) !== 0,
  }
}

function kindOf(type: number): string {
  const kinds: Record<number, string> = {
    0o120000: 'is a symbolic link',
    0o060000: 'is a block device',
    0o020000: 'is a character device',
    0o010000: 'is a named pipe',
    0o140000: 'is a socket',
    [isRegular]: 'is a file with the name of a directory',
    [isDirectory]: 'is a directory with the name of a file',
  }
  return kinds[type] ?? 'is of no known kind'
}

/** Reads what stands before an entry's data and holds it against the directory. @returns where the data starts. */
export async function dataStart(zip: Yauzl.ZipFile, entry: ZipEntry, archive: string): Promise<number> {
  const { name, raw, bytes, deflated } = entry
  // It looks at nothing of the entry but what is kept.
  const local = await zip.readLocalFileHeaderPromise(raw as Yauzl.Entry).catch((error: unknown) => {
    throw corrupt(archive, error)
  })
  const same =
    local.fileName.toString('latin1') === bytes &&
    local.compressionMethod === (deflated ? deflate : stored) &&
    !(local.generalPurposeBitFlag & encrypted) &&
    (Boolean(local.generalPurposeBitFlag & sizesFollow) ||
      (agrees(local.compressedSize, raw.compressedSize) && agrees(local.uncompressedSize, raw.uncompressedSize)))
  if (!same) throw unsafe(archive, name, "is one thing in the zip's directory and another before its data")
  return local.fileDataStart
}

/** All ones stand for "in the zip64 field". */
function agrees(local: number, central: number): boolean {
  return local === central || local === 0xffffffff
}
