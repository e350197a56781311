/** What every operation works with: the world, the store, the user's settings, the plugins, and who is told. */
import { join } from 'node:path'
import type { Context } from '../contract/index.js'
import type { Io } from '../io/io.js'
import type { Report } from '../io/report.js'
import type { Offer, Registry } from '../registry/collect.js'
import type { Config } from '../store/config.js'
import type { Layout } from '../store/layout.js'
import { locksIn, type Lock } from '../store/lock.js'

export interface Session {
  io: Io
  layout: Layout
  lock: Lock
  /** Tells the user, once, that another process holds a lock. */
  waiting: (name: string) => void
  config(): Promise<Config>
  report: Report
  /** Asks the plugins, at the first call. */
  registry(): Promise<Registry>
  contextOf(offer: Offer<unknown>): Context
  /** How gonative itself is started: what the `gonative` shim runs. Absolute paths. */
  self: { node: string; entry: string }
}

/**
 * The downloads' directory: GONATIVE_DOWNLOADS, kept and shared with other stores, so that its locks are in it; or one
 * of the store's own, emptied when done.
 */
export function downloadsOf({ io, layout, lock, waiting }: Session): { directory: string; keep: boolean; lock: Lock } {
  const shared = io.env.GONATIVE_DOWNLOADS
  return shared
    ? { directory: shared, keep: true, lock: locksIn(join(shared, '.locks'), waiting) }
    : { directory: join(layout.cache, 'downloads'), keep: false, lock }
}
