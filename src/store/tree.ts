/** The files of a directory tree, listed and measured. */
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { atOnce } from '../io/at-once.js'
import type { ManifestFile } from './manifest.js'

/** How many files are read at once. */
export const parallel = 16

/** The absolute paths of all plain files below a directory, sorted. */
export async function regularFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.map((entry) => join(entry.parentPath, entry.name)).sort()
}

/** Every plain file below a directory as its manifest has it. @param progress is told how many have been read. */
export async function measureTree(
  directory: string,
  progress: (done: number) => void = () => undefined,
): Promise<ManifestFile[]> {
  const files: ManifestFile[] = []
  await atOnce(parallel, await regularFiles(directory), async (path) => {
    files.push(await measure(directory, path))
    progress(files.length)
  })
  return files
}

async function measure(directory: string, path: string): Promise<ManifestFile> {
  const [data, { mode }] = await Promise.all([readFile(path), stat(path)])
  return {
    path: relative(directory, path).replaceAll(sep, '/'),
    sha256: createHash('sha256').update(data).digest('hex'),
    size: data.length,
    mode: mode & 0o100 ? 0o755 : 0o644,
  }
}
