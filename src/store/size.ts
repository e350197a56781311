/** How much room a directory takes. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes of all regular files below a directory; 0 when there is none. A file that vanishes meanwhile counts nothing. */
export async function sizeOf(directory: string): Promise<number> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => [])
  let bytes = 0
  for (const entry of entries) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) bytes += await sizeOf(path)
    else if (entry.isFile()) bytes += (await stat(path).catch(() => ({ size: 0 }))).size
  }
  return bytes
}
