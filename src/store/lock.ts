/**
 * One lock a name, across processes: `go1.27.4` while that toolchain is made or removed, `grafts` while grafts and
 * the compilers under them are added or collected. A holder that died is taken over once its lock has gone stale.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { GonativeError, isSystemError } from '../errors.js'

/** Runs `work` while holding the lock `name`; waits for as long as another live process holds it. */
export type Lock = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** A lock not refreshed for this long belongs to a dead process; holders refresh at a quarter of it. Milliseconds. */
const stale = 8000
/** The same for a holder that is known to be dead; proper-lockfile goes no lower. */
const leastStale = 2000
/** Waiting is worth a word after so long. Milliseconds. */
const noticeable = 1000

/**
 * Locks in `directory`. `waiting` is told once, when another process holds a lock for longer than one notices.
 * @throws GonativeError LOCK_LOST when the holder slept so long that another process took its lock over.
 */
export function locksIn(directory: string, waiting: (name: string) => void): Lock {
  return async (name, work) => {
    const since = performance.now()
    let told = false
    for (;;) {
      const held = await tryLock(directory, name)
      if (held) return holding(held, work)
      if (!told && performance.now() - since > noticeable) {
        waiting(name)
        told = true
      }
      await sleep(100 + Math.random() * 100)
    }
  }
}

interface Held {
  release: () => Promise<void>
  lost: () => Error | undefined
}

/** Takes a lock if it is free (or its holder dead); undefined when it is held. */
export async function tryLock(directory: string, name: string): Promise<Held | undefined> {
  const { default: lockfile } = await import('proper-lockfile')
  await mkdir(directory, { recursive: true })
  const path = join(directory, name)
  const holder = `${path}.holder`
  let lost: Error | undefined
  try {
    const release = await lockfile.lock(path, {
      realpath: false,
      lockfilePath: `${path}.lock`,
      stale: (await isDead(holder)) ? leastStale : stale,
      update: stale / 4,
      onCompromised: (error) => (lost = error),
    })
    await writeFile(holder, JSON.stringify({ host: hostname(), pid: process.pid }))
    const releaseAll = async (): Promise<void> => {
      await rm(holder, { force: true })
      await release()
    }
    return { release: releaseAll, lost: () => lost }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOCKED') return undefined
    throw error
  }
}

/** Whether the process that wrote itself down as the holder, on this machine, is no more: kill -9 need not be waited out. */
async function isDead(holder: string): Promise<boolean> {
  try {
    const { host, pid } = JSON.parse(await readFile(holder, 'utf8')) as { host: unknown; pid: unknown }
    if (host !== hostname() || typeof pid !== 'number') return false
    process.kill(pid, 0)
    return false
  } catch (error) {
    return isSystemError(error, 'ESRCH')
  }
}

async function holding<T>(held: Held, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work()
    const lost = held.lost()
    if (lost) throw new GonativeError('LOCK_LOST', `another process took over this one's lock: ${lost.message}`)
    return result
  } finally {
    if (!held.lost()) await held.release()
  }
}
