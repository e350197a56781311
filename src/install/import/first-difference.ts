/**
 * Which file of a tree is not as published: to say it, after the hash over all of them has refused the tree. The list of
 * names, sizes and CRCs is the end of the release's zip, and that much of it is read from a source. It is not verified,
 * and nothing is decided by it.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Release } from '../../contract/index.js'
import type { Difference } from '../../store/compare.js'
import type { ManifestFile } from '../../store/manifest.js'
import { locate } from '../locate.js'
import type { Session } from '../session.js'

/** Bytes from the end: the directory of twelve thousand files takes 1.6 MB. */
const tail = 4 * 1024 * 1024

interface Entry {
  size: number
  crc: number
}

/** @returns undefined when no source has the release as a zip, or it could not be read. */
export async function firstDifference(
  release: Release,
  files: ManifestFile[],
  tree: string,
  session: Session,
): Promise<Difference | undefined> {
  const { located } = await locate(release, session)
  const archive = located?.archives.find(({ format }) => format === 'zip')
  const url = archive?.urls[0]
  if (archive === undefined || url === undefined) return undefined
  const published = entriesOf(await endOf(url, session), archive.prefix)
  const here = new Map(files.map((file) => [file.path, file]))
  const paths = [...new Set([...published.keys(), ...here.keys()])].sort()
  for (const path of paths) {
    const [entry, file] = [published.get(path), here.get(path)]
    if (entry === undefined) return { path, what: 'added' }
    if (file === undefined) return { path, what: 'missing' }
    const same = file.size === entry.size && crc32(await readFile(join(tree, path))) === entry.crc
    if (!same) return { path, what: 'changed' }
  }
  return undefined
}

async function endOf(url: string, { io }: Session): Promise<Buffer> {
  const whole = await io.http.download(url)
  if (whole.size === undefined) throw new Error(`${url} has no size`)
  await whole.body[Symbol.asyncIterator]().return?.(undefined)
  const end = await io.http.download(url, { from: Math.max(0, whole.size - tail) })
  const chunks: Uint8Array[] = []
  for await (const chunk of end.body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The entries of a zip's central directory (APPNOTE.TXT 4.3.12), by path as it is in a GOROOT. */
function entriesOf(end: Buffer, prefix: string): Map<string, Entry> {
  const last = end.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (last < 0) throw new Error('no end of a zip')
  const entries = new Map<string, Entry>()
  let at = last - end.readUInt32LE(last + 12)
  while (at >= 0 && at < last && end.readUInt32LE(at) === 0x02014b50) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => end.readUInt16LE(at + offset))
    const name = end.toString('utf8', at + 46, at + 46 + (nameLength ?? 0))
    if (name.startsWith(prefix) && !name.endsWith('/')) {
      const path = name.slice(prefix.length).replace(/(?<=^|\/)_go\.mod$/, 'go.mod')
      entries.set(path, { crc: end.readUInt32LE(at + 16), size: end.readUInt32LE(at + 24) })
    }
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  if (entries.size === 0) throw new Error('no directory of a zip')
  return entries
}
