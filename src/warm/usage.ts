/** What the caches of the store hold, and giving their room back. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Session } from '../install/session.js'
import { removeToolchain } from '../install/uninstall.js'
import { installedReceipts } from '../store/installed.js'
import { KeptLayout, origins } from '../store/kept.js'
import type { GraftReceipt, Receipt } from '../store/receipt.js'
import { sizeOf } from '../store/size.js'
import { discard } from '../store/staging.js'
import { readWarmRecord } from '../store/warm-record.js'
import { warmLock } from './warm.js'

export interface CacheUsage {
  /** The version of Go; null for downloads. */
  go: string | null
  /** The graft's target, `downloads`, or `built from C` and `built from Go` for what `--from-source` keeps. */
  what: string
  /** Bytes. */
  bytes: number
  /** ISO 8601; null for what was not warmed to the end, and for downloads. */
  warmed: string | null
}

/** Every cache with something in it: downloads, then each toolchain's grafts. */
export async function cacheUsage(session: Session): Promise<CacheUsage[]> {
  const { layout } = session
  const usage: CacheUsage[] = [
    { go: null, what: 'downloads', bytes: await sizeOf(join(layout.cache, 'downloads')), warmed: null },
  ]
  for (const { room, what, receipt } of await keptBuilds(session)) {
    usage.push({ go: receipt.version, what, bytes: await sizeOf(room.toolchain(receipt)), warmed: null })
  }
  const counted = new Set<string>() // a compiler's cache may serve two toolchains
  for (const { receipt, graft } of await grafts(session)) {
    const compiler = counted.has(graft.id) ? 0 : await sizeOf(layout.compilerCache(graft.id))
    counted.add(graft.id)
    const bytes = compiler + (await sizeOf(layout.warmed(receipt, graft.id)))
    const warmed = (await readWarmRecord(layout, receipt, graft.id))?.warmed ?? null
    usage.push({ go: receipt.version, what: graft.target, bytes, warmed })
  }
  return usage.filter(({ bytes }) => bytes > 0)
}

/**
 * Deletes downloads, and what grafts keep to be quick: the next build of each makes it anew.
 * @param wanted whose caches; downloads go only when nobody in particular is wanted.
 * @returns what went.
 */
export async function pruneCaches(
  session: Session,
  wanted?: (go: string, graft: GraftReceipt) => boolean,
): Promise<CacheUsage[]> {
  const { layout, lock } = session
  const before = await cacheUsage(session)
  const all = await grafts(session)
  const pruned = all.filter(({ receipt, graft }) => !wanted || wanted(receipt.version, graft))
  const needed = new Set(all.filter((each) => !pruned.includes(each)).map(({ graft }) => graft.id))
  for (const { receipt, graft } of pruned) {
    const name = warmLock(graft)
    await lock(name, async () => {
      await discard(layout, name, layout.warmed(receipt, graft.id))
      if (!needed.has(graft.id)) await discard(layout, name, layout.compilerCache(graft.id))
    })
  }
  if (!wanted) {
    await rm(join(layout.cache, 'downloads'), { recursive: true, force: true })
    for (const { room, receipt } of await keptBuilds(session)) {
      const name = room.lockOf(receipt)
      await lock(name, () => removeToolchain(room, receipt, name))
    }
  }
  const keys = new Set(pruned.map(({ receipt, graft }) => `${receipt.version} ${graft.target}`))
  return wanted ? before.filter(({ go, what }) => keys.has(`${go} ${what}`)) : before
}

const names = { 'from-c': 'built from C', 'from-go': 'built from Go' } as const

async function keptBuilds({ layout }: Session): Promise<{ room: KeptLayout; what: string; receipt: Receipt }[]> {
  const rooms = origins.map((origin) => new KeptLayout(layout.home, origin))
  const all = await Promise.all(
    rooms.map(async (room) =>
      (await installedReceipts(room, 'go')).map((receipt) => ({ room, what: names[room.origin], receipt })),
    ),
  )
  return all.flat().sort((a, b) => a.receipt.version.localeCompare(b.receipt.version, undefined, { numeric: true }))
}

async function grafts({ layout }: Session): Promise<{ receipt: Receipt; graft: GraftReceipt }[]> {
  const receipts = await installedReceipts(layout, 'go')
  receipts.sort((a, b) => a.version.localeCompare(b.version, undefined, { numeric: true }))
  return receipts.flatMap((receipt) => receipt.grafts.map((graft) => ({ receipt, graft })))
}
