/**
 * The go command's build cache as files (cmd/go/internal/cache): `ab/ab…-a` says which output an action had, `cd/cd…-d`
 * is that output, named after its content. Entries are never changed, so they can be shared by hard links; an `-a` is
 * copied, because the go command writes it in place when an action is done again.
 */
import { copyFile, mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isSystemError } from '../errors.js'
import { linkOrCopy } from '../store/link.js'

const entry = /^[0-9a-f]{64}-[ad]$/

/** Every entry of a cache, `ab/ab…-a`, sorted. Nothing for a directory that isn't there. */
export async function goCacheEntries(directory: string): Promise<string[]> {
  const folders = (await readdir(directory).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name))
  const entries = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(join(directory, folder)).catch(() => [])
      return names.filter((name) => entry.test(name) && name.startsWith(folder)).map((name) => `${folder}/${name}`)
    }),
  )
  return entries.flat().sort()
}

/**
 * Puts entries of one cache into another that has them not yet. Outputs go first: an action whose output is missing
 * would be a miss.
 * @returns how many were put there.
 */
export async function shareGoCache(from: string, entries: string[], to: string): Promise<number> {
  let put = 0
  for (const folder of new Set(entries.map((name) => name.slice(0, 2))))
    await mkdir(join(to, folder), { recursive: true })
  const inOrder = [...entries.filter((name) => name.endsWith('-d')), ...entries.filter((name) => name.endsWith('-a'))]
  for (const name of inOrder) if (await share(join(from, name), join(to, name))) put++
  return put
}

async function share(from: string, to: string): Promise<boolean> {
  if (
    await stat(to).then(
      () => true,
      () => false,
    )
  )
    return false
  try {
    await (to.endsWith('-d') ? linkOrCopy : copyFile)(from, to)
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false
    throw error
  }
  return true
}
