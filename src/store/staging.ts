/**
 * Staging: where a toolchain is put together before it exists. Each piece of work has a directory of its own named
 * after the lock that it is done under, so that whoever next holds that lock knows the directory for dead.
 */
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isSystemError } from '../errors.js'
import type { Layout } from './layout.js'
import { tryLock } from './lock.js'

/** What stands between a lock's name and the random end of a staging directory's name. */
const separator = '~'

/** Runs `work` in a fresh directory, removed afterwards whatever happens. The caller holds the lock `name`. */
export async function inStaging<T>(layout: Layout, name: string, work: (directory: string) => Promise<T>): Promise<T> {
  await mkdir(layout.staging, { recursive: true })
  await sweepOf(layout, name)
  const directory = await mkdtemp(join(layout.staging, `${name}${separator}`))
  try {
    return await work(directory)
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Moves a path into staging in one rename, so that it is gone at once, then deletes it. Caller holds the lock. */
export async function discard(layout: Layout, name: string, path: string): Promise<void> {
  await inStaging(layout, name, async (directory) => {
    await rename(path, join(directory, 'discarded')).catch((error: unknown) => {
      if (!isSystemError(error, 'ENOENT')) throw error
    })
  })
}

/** Removes what processes that died left in staging: everything whose lock can be had now. */
export async function sweep(layout: Layout): Promise<void> {
  const names = new Set((await entries(layout)).map(lockOf))
  for (const name of names) {
    const held = await tryLock(layout.locks, name)
    if (!held) continue
    await sweepOf(layout, name)
    await held.release()
  }
}

async function sweepOf(layout: Layout, name: string): Promise<void> {
  const left = (await entries(layout)).filter((entry) => lockOf(entry) === name)
  await Promise.all(left.map((entry) => rm(join(layout.staging, entry), { recursive: true, force: true })))
}

function lockOf(entry: string): string {
  return entry.slice(0, entry.lastIndexOf(separator))
}

async function entries(layout: Layout): Promise<string[]> {
  const all = await readdir(layout.staging).catch(() => [])
  return all.filter((entry) => entry.includes(separator))
}
