/** Copies a GOROOT and hashes what it copies in one reading: what is judged is what was written. */
import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GonativeError } from '../../errors.js'
import { atOnce } from '../../io/at-once.js'
import type { ManifestFile } from '../../store/manifest.js'
import { notInModule } from '../toolchain-module.js'

/** How many files are copied at once. */
const parallel = 16

/**
 * @param without names in the tree's top directory that are left out too
 * @throws GonativeError NOT_PLAIN (refused) for a link or anything else that no release has
 */
export async function copyTree(
  from: string,
  to: string,
  without: readonly string[],
  progress: (done: number, total: number) => void,
): Promise<ManifestFile[]> {
  const paths = (await Promise.all((await topOf(from, without)).map((name) => filesAt(from, name)))).flat()
  const directories = new Set(paths.map((path) => dirname(join(to, path))))
  for (const directory of directories) await mkdir(directory, { recursive: true })
  const files: ManifestFile[] = []
  await atOnce(parallel, paths, async (path) => {
    files.push(await copyFile(from, to, path))
    progress(files.length, paths.length)
  })
  return files
}

/** What the release's module leaves out stays behind: nothing vouches for what is in it. */
async function topOf(directory: string, without: readonly string[]): Promise<string[]> {
  return (await readdir(directory)).filter((name) => !notInModule.includes(name) && !without.includes(name))
}

/** Below a directory, or the file itself. Paths with `/`. */
async function filesAt(root: string, path: string): Promise<string[]> {
  const status = await stat(join(root, path))
  if (!status.isDirectory()) return [path]
  const entries = await readdir(join(root, path), { withFileTypes: true })
  const found = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const below = `${path}/${entry.name}`
      if (entry.isDirectory()) return filesAt(root, below)
      if (entry.isFile()) return [below]
      throw new GonativeError(
        'NOT_PLAIN',
        `${join(root, below)} is no plain file, and a release of Go has nothing else`,
        {
          exit: 'refused',
        },
      )
    }),
  )
  return found.flat()
}

async function copyFile(from: string, to: string, path: string): Promise<ManifestFile> {
  const source = join(from, path)
  const [data, status] = await Promise.all([readFile(source), stat(source)])
  const mode = status.mode & 0o100 ? 0o755 : 0o644
  await writeFile(join(to, path), data, { flag: 'wx' })
  if (mode === 0o755) await chmod(join(to, path), mode)
  return { path, sha256: createHash('sha256').update(data).digest('hex'), size: data.length, mode }
}
