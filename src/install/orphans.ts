/** Caches that no graft has any more: a graft was removed or replaced, or its toolchain uninstalled. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { installedReceipts } from '../store/installed.js'
import type { Layout } from '../store/layout.js'

/** Deletes them. The caller holds the grafts lock. */
export async function dropOrphanedCaches(layout: Layout): Promise<void> {
  const receipts = await installedReceipts(layout, 'go')
  const kept = new Set(
    receipts.flatMap((receipt) =>
      receipt.grafts.flatMap(({ id }) => [layout.compilerCache(id), layout.warmed(receipt, id)]),
    ),
  )
  const warm = join(layout.cache, 'warm')
  const rooms = [join(layout.cache, 'compiler'), ...(await below(warm))]
  const caches = (await Promise.all(rooms.map(below))).flat()
  await Promise.all(caches.filter((path) => !kept.has(path)).map((path) => rm(path, { recursive: true, force: true })))
}

async function below(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => [])
  return names.map((name) => join(directory, name))
}
