/** Copies a distribution's compiled packages. */
import { copyFile, mkdir, readdir, utimes } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

/**
 * Copies the archives below `from` to `to`, without those of Go's own commands, which no program uses.
 * @returns how many
 */
export async function copyPackages(from: string, to: string): Promise<number> {
  const archives = (await archivesBelow(from)).filter((path) => !path.startsWith('cmd/'))
  for (const path of archives) {
    await mkdir(dirname(join(to, path)), { recursive: true })
    await copyFile(join(from, path), join(to, path))
  }
  return archives.length
}

/**
 * Gives all archives one time, now. Up to 1.9 a package is stale that is older than its source or than a package that it
 * imports (cmd/go/pkg.go, isStale); distributions for other hosts were packed at another time than this toolchain's source.
 */
export async function touchPackages(directory: string): Promise<void> {
  const now = new Date()
  for (const path of await archivesBelow(directory)) await utimes(join(directory, path), now, now)
}

/** From there, with `/`; none when there is no directory. */
async function archivesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.a'))
  return files.map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
}
