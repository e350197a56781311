/**
 * The files of grafts in a toolchain's tree. They are laid, replaced and taken out in one way: their paths go into a
 * journal, then each path is made to agree with the grafts that shall be, then the receipt is written, then the journal
 * goes. Whoever finds a journal makes its paths agree with the receipt, so that a graft is whole or not there.
 */
import { lstat, mkdir, readFile, rm, rmdir, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Release } from '../contract/index.js'
import { GonativeError } from '../errors.js'
import type { Layout } from './layout.js'
import { linkOrCopy } from './link.js'
import { parseManifest, type ManifestFile } from './manifest.js'
import { replaceFile, type GraftReceipt, type Receipt } from './receipt.js'

/** A graft's files in the tree; none for most. */
export async function laidBy(layout: Layout, graft: GraftReceipt): Promise<ManifestFile[]> {
  return graft.goroot === undefined ? [] : parseManifest(await readFile(layout.gorootManifest(graft.id), 'utf8'))
}

/** Lays the files of grafts into a tree that is still in staging. @throws GonativeError GRAFT_CONFLICT */
export async function layInto(layout: Layout, tree: string, grafts: GraftReceipt[]): Promise<void> {
  const owners = await ownersOf(layout, grafts)
  await refuseConflicts(tree, owners, new Set())
  await agree(tree, owners.keys(), owners)
}

/**
 * Makes the tree of an installed release hold the files of the grafts `after` and no more those of `before`; `commit`
 * writes the receipt that says so. The caller holds the release's lock and that of the grafts.
 * @throws GonativeError GRAFT_CONFLICT, or what `commit` throws, with the tree as it was
 */
export async function changeLaid(
  layout: Layout,
  release: Release,
  { before, after }: { before: GraftReceipt[]; after: GraftReceipt[] },
  commit: () => Promise<void>,
): Promise<void> {
  const tree = layout.toolchain(release)
  const [old, wanted] = [await ownersOf(layout, before), await ownersOf(layout, after)]
  await refuseConflicts(tree, wanted, new Set(old.keys()))
  const paths = [...new Set([...old.keys(), ...wanted.keys()])].filter((path) => old.get(path) !== wanted.get(path))
  if (paths.length === 0) return commit()
  await replaceFile(layout.laying(release), JSON.stringify(paths))
  try {
    await agree(tree, paths, wanted)
    await commit()
  } catch (error) {
    await agree(tree, paths, old)
    await rm(layout.laying(release), { force: true })
    throw error
  }
  await rm(layout.laying(release), { force: true })
}

/** Ends what was interrupted: makes the journal's paths agree with the receipt. The caller holds the release's lock. */
export async function mendLaid(layout: Layout, receipt: Receipt): Promise<void> {
  const journal = layout.laying(receipt)
  const text = await readFile(journal, 'utf8').catch(() => undefined)
  if (text === undefined) return
  await agree(layout.toolchain(receipt), JSON.parse(text) as string[], await ownersOf(layout, receipt.grafts)) // our own file
  await rm(journal, { force: true })
}

/** Which file a graft has for a path, as an absolute path. */
type Owners = Map<string, string>

/** @throws GonativeError GRAFT_CONFLICT when two grafts differ over a file; what they have alike is shared. */
async function ownersOf(layout: Layout, grafts: GraftReceipt[]): Promise<Owners> {
  const owners: Owners = new Map()
  const seen = new Map<string, ManifestFile>()
  for (const graft of grafts) {
    for (const file of await laidBy(layout, graft)) {
      const first = seen.get(file.path)
      if (first && first.sha256 !== file.sha256) throw conflict(file.path, `another graft's`)
      if (first) continue
      seen.set(file.path, file)
      owners.set(file.path, join(layout.goroot(graft.id), file.path))
    }
  }
  return owners
}

async function refuseConflicts(tree: string, wanted: Owners, ours: ReadonlySet<string>): Promise<void> {
  for (const path of wanted.keys()) {
    if (ours.has(path)) continue
    if (await lstat(join(tree, path)).catch(() => undefined)) throw conflict(join(tree, path), 'not of gonative')
  }
}

function conflict(path: string, whose: string): GonativeError {
  return new GonativeError('GRAFT_CONFLICT', `the graft would have to write over ${path}, which is ${whose}`, {
    hint: 'Move it away, or take another --strategy.',
  })
}

/** Each path becomes its owner's file, or is no more. */
async function agree(tree: string, paths: Iterable<string>, owners: Owners): Promise<void> {
  for (const path of paths) {
    const [from, to] = [owners.get(path), join(tree, path)]
    if (from === undefined) await takeOut(tree, path)
    else await lay(from, to)
  }
}

async function lay(from: string, to: string): Promise<void> {
  const wanted = await stat(from)
  const found = await lstat(to).catch(() => undefined)
  if (found?.size === wanted.size && found.mtimeMs === wanted.mtimeMs) return
  if (found) await rm(to)
  await mkdir(dirname(to), { recursive: true })
  await linkOrCopy(from, to)
  // Go ≤ 1.9 goes by it; a copy has its own.
  await utimes(to, wanted.atime, wanted.mtime)
}

/** With the directories that it leaves empty. */
async function takeOut(tree: string, path: string): Promise<void> {
  await rm(join(tree, path), { force: true })
  for (let at = dirname(path); at !== '.'; at = dirname(at)) {
    const emptied = await rmdir(join(tree, at)).then(
      () => true,
      () => false,
    )
    if (!emptied) return
  }
}
