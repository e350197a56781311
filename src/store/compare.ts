/** Compares an installed tree with its manifest, file by file. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { atOnce } from '../io/at-once.js'
import { laidBy } from './laid.js'
import type { Layout } from './layout.js'
import { parseManifest, type ManifestFile } from './manifest.js'
import type { Receipt } from './receipt.js'
import { parallel } from './tree.js'

export interface Difference {
  /** From the toolchain's root, with `/`. */
  path: string
  what: 'changed' | 'missing' | 'added'
}

/**
 * Every difference between the tree and the manifests, its own and its grafts', and between those and the receipt.
 * @param progress is told how many files have been read.
 */
export async function compareTree(
  layout: Layout,
  receipt: Receipt,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Difference[]> {
  const manifests = [{ path: layout.manifest(receipt), sha256: receipt.files.sha256 }]
  for (const { id, goroot } of receipt.grafts) {
    if (goroot) manifests.push({ path: layout.gorootManifest(id), sha256: goroot.sha256 })
  }
  const damaged = (await Promise.all(manifests.map((manifest) => compareManifest(layout, manifest)))).flat()
  if (damaged.length > 0) return damaged
  const root = layout.toolchain(receipt)
  const laid = await Promise.all(receipt.grafts.map((graft) => laidBy(layout, graft)))
  const expected = [...parseManifest(await readFile(layout.manifest(receipt), 'utf8')), ...laid.flat()]
  const differences: Difference[] = []
  let done = 0
  await atOnce(parallel, expected, async (file) => {
    const what = await compareFile(root, file)
    if (what) differences.push({ path: file.path, what })
    progress(++done, expected.length)
  })
  differences.push(...(await added(root, new Set(expected.map((file) => file.path)))))
  return differences.sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function compareManifest(
  layout: Layout,
  { path, sha256 }: { path: string; sha256: string },
): Promise<Difference[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  if (createHash('sha256').update(text).digest('hex') === sha256) return []
  return [{ path: relative(layout.home, path), what: text === '' ? 'missing' : 'changed' }]
}

async function compareFile(root: string, file: ManifestFile): Promise<Difference['what'] | undefined> {
  const path = join(root, file.path)
  const found = await lstat(path).catch(() => undefined)
  if (!found) return 'missing'
  if (file.link !== undefined) {
    return found.isSymbolicLink() && (await readlink(path)) === file.link ? undefined : 'changed'
  }
  const same =
    found.isFile() &&
    found.size === file.size &&
    // Only whether it is a program: other bits are the umask's.
    (process.platform === 'win32' || (found.mode & 0o100) === (file.mode & 0o100)) &&
    (await sha256Of(path)) === file.sha256
  return same ? undefined : 'changed'
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function added(root: string, expected: Set<string>): Promise<Difference[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !expected.has(path))
    .map((path) => ({ path, what: 'added' }))
}
