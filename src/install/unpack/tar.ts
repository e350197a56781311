/**
 * Tars. tar's parser reads the headers (ustar, pax, GNU long names); which entries become what is decided here.
 * Everything flows as it is read: the decompressor waits while a chunk is written, so memory stays at a few chunks.
 */
import type { Parser, ReadEntry } from 'tar'
import { decompress } from './decompress.js'
import { pace } from './pace.js'
import type { TreeWriter } from './tree-writer.js'
import { corrupt, noTime, unsafe, type UnpackProgress } from './unpacked.js'

const block = 512

/** Unpacks a tar.gz or tar.xz into the tree. @throws UNSAFE_ARCHIVE, CORRUPT_ARCHIVE */
export async function unpackTar(file: string, tree: TreeWriter, progress: UnpackProgress): Promise<void> {
  const { archive } = tree
  if (archive.format === 'zip') throw new TypeError('a zip is no tar')
  const state = { ended: false, done: 0 }
  const parser = await parserInto(tree, state)
  const breathe = pace(() => progress({ done: state.done }))
  let read = 0
  for await (const chunk of wholeBlocks(decompress(file, archive.format, archive.name), archive.name)) {
    read += chunk.length
    // Padding and headers count too, so that empty entries without end are also an end.
    if (read > 2 * tree.maxBytes) throw corrupt(archive.name, `it is more than ${2 * tree.maxBytes} bytes unpacked`)
    if (!state.ended) parser.write(chunk) // what follows the end is still read: the checksum comes last
    await breathe()
  }
  if (!state.ended) parser.end()
  if (!state.ended) throw corrupt(archive.name, 'it ends without the mark of a tar')
  progress({ done: state.done })
}

/** Chunks of at least a block, the first one looked at: tar's parser would unpack a gzip inside the gzip by itself. */
async function* wholeBlocks(chunks: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  let kept: Buffer = Buffer.alloc(0)
  let first = true
  for await (const chunk of chunks) {
    kept = kept.length === 0 ? chunk : Buffer.concat([kept, chunk])
    if (kept.length < block) continue
    if (first && kept[0] === 0x1f && kept[1] === 0x8b) throw corrupt(name, 'it holds a gzip, not a tar')
    first = false
    yield kept
    kept = Buffer.alloc(0)
  }
  if (first) throw corrupt(name, 'it holds no tar')
  if (kept.length > 0) yield kept
}

/** A parser whose entries go into the tree while they are read. Whatever is thrown comes out of its `write`. */
async function parserInto(tree: TreeWriter, state: { ended: boolean; done: number }): Promise<Parser> {
  const { Parser } = await import('tar')
  const { name } = tree.archive
  const parser = new Parser({ strict: true, zstd: false })
  parser.on('error', (error: unknown) => {
    throw corrupt(name, error)
  })
  parser.on('meta', (text: string) => {
    if (hidesName(text)) throw unsafe(name, text.slice(0, 80), 'has a NUL in a name')
  })
  parser.on('ignoredEntry', (entry: ReadEntry) => {
    throw unsafe(name, nameOf(entry), entry.meta ? 'has a header too large' : `is of a kind unknown here`)
  })
  parser.on('entry', (entry: ReadEntry) => {
    takeEntry(entry, tree)
    state.done += 1
  })
  parser.on('eof', () => (state.ended = true))
  return parser
}

/** Extended headers are cut at a NUL by some programs and not by others: `path=go/x\0/../..`. */
function hidesName(text: string): boolean {
  const isPax = /^\d+ [^=\n]+=/.test(text)
  return isPax ? /^\d+ (?:path|linkpath)=[^\n]*\0/m.test(text) : /\0[^\0]/.test(text)
}

/** As the archive has it: the entry's own `path` has its backslashes turned on Windows. */
function nameOf(entry: ReadEntry): string {
  return entry.header.path ?? entry.path
}

function takeEntry(entry: ReadEntry, tree: TreeWriter): void {
  const name = nameOf(entry)
  const target = entry.header.linkpath ?? ''
  switch (entry.type) {
    case 'File':
    case 'OldFile':
    case 'ContiguousFile': {
      takeFile(entry, name, tree)
      return
    }
    case 'Directory':
      tree.makeDirectory(tree.admit(name, 'directory'))
      break
    case 'SymbolicLink':
      tree.link(tree.admit(name, 'link'), target)
      break
    case 'Link':
      tree.copy(tree.admit(name, 'file'), target)
      break
    default:
      throw unsafe(tree.archive.name, name, `is a ${kinds[entry.type] ?? entry.type}`)
  }
  entry.resume()
}

const kinds: Record<string, string> = {
  CharacterDevice: 'character device',
  BlockDevice: 'block device',
  FIFO: 'named pipe',
}

function takeFile(entry: ReadEntry, name: string, tree: TreeWriter): void {
  const time = entry.mtime ? entry.mtime.getTime() / 1000 : noTime
  const sink = tree.create(tree.admit(name, 'file'), entry.size, ((entry.mode ?? 0) & 0o111) !== 0, time)
  entry.on('data', (chunk) => sink.write(chunk))
  entry.on('end', () => sink.end())
}
