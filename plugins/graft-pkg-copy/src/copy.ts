/** Copies a distribution's compiled packages, and the headers among them: up to 1.4 cgo and assembly include those. */
import { copyFile, mkdir, readdir, utimes } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

/** Copies the archives and headers below `from` to `to`, without those of Go's own commands, which no program uses. */
export async function copyPackages(from: string, to: string): Promise<void> {
  const found = await filesBelow(from, ['.a', '.h'])
  for (const path of found.filter((each) => !each.startsWith('cmd/'))) {
    await mkdir(dirname(join(to, path)), { recursive: true })
    await copyFile(join(from, path), join(to, path))
  }
}

/**
 * Gives all archives one time, now. Up to 1.9 a package is stale that is older than its source or than a package that it
 * imports (cmd/go/pkg.go, isStale); distributions for other hosts were packed at another time than this toolchain's source.
 */
export async function touchPackages(directory: string): Promise<void> {
  const now = new Date()
  for (const path of await filesBelow(directory, ['.a'])) await utimes(join(directory, path), now, now)
}

/** From there, with `/`; none when there is no directory. */
async function filesBelow(directory: string, endings: string[]): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
  return files.map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
}
