/** What is below a directory, and how much room it takes. */
import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** The regular files below a directory, from there, with `/`, sorted; none when there is no directory. */
export async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return files.map((path) => relative(directory, path).replaceAll(sep, '/')).sort()
}

/** Bytes of all regular files below a directory; 0 when there is none. A file that vanishes meanwhile counts nothing. */
export async function sizeOf(directory: string): Promise<number> {
  let bytes = 0
  for (const path of await filesBelow(directory)) {
    bytes += (await stat(join(directory, path)).catch(() => ({ size: 0 }))).size
  }
  return bytes
}
