/** Puts a session together from the real world. */
import type { Config as OclifConfig } from '@oclif/core'
import type { Context, Settings } from '../contract/index.js'
import { createGoEnvironment } from '../io/goenv.js'
import type { Io } from '../io/io.js'
import type { Session } from '../install/session.js'
import { collect, type Offer, type PluginHost, type Registry } from '../registry/collect.js'
import { contextFor } from '../registry/context.js'
import { readConfig, type Config } from '../store/config.js'
import { installedGoVersions } from '../store/installed.js'
import { Layout } from '../store/layout.js'
import { locksIn } from '../store/lock.js'
import { trust } from '../trust/trust.js'
import { createReporter } from '../ui/progress.js'
import { orderVersions } from '../version/spec.js'
import { homeOf, selfOf } from './home.js'

/** A session for one command. Nothing in it is loaded before it is used. */
export async function createSession(oclif: OclifConfig, io: Io): Promise<Session> {
  const layout = new Layout(homeOf(io))
  const report = await createReporter(io)
  const noting: Io = { ...io, note: (line) => report.note(line) }
  const waiting = (name: string): void => report.note(`waiting for another gonative that is working on ${name}`)
  const lock = locksIn(layout.locks, waiting)
  const config = once(() => readConfig(layout))
  const settings = settingsOf(io, await config())
  const go = createGoEnvironment(noting, async () => {
    const versions = orderVersions('go', await installedGoVersions(layout)).reverse()
    return versions.map((version) => layout.toolchain({ tool: 'go', version }))
  })
  const contexts = new Map<Offer<unknown>, Context>()
  return {
    io: noting,
    layout,
    lock,
    waiting,
    config,
    report,
    registry: once(async (): Promise<Registry> => collect(oclif as unknown as PluginHost)), // event names are open-ended
    contextOf(offer) {
      // One for each: a source may keep what it has read for as long as it has the same context.
      const context = contexts.get(offer) ?? contextFor(offer.id, { io: noting, layout, lock, settings, go, trust })
      contexts.set(offer, context)
      return context
    },
    self: selfOf(oclif.root),
  }
}

/** Settings for plugins: GONATIVE_MIRROR goes before the mirrors of config.json, GONATIVE_GO_ARCHIVE in its base's place. */
function settingsOf(io: Io, config: Config): Settings {
  const mirror = io.env.GONATIVE_MIRROR
  const named = io.env.GONATIVE_GO_ARCHIVE
  const goArchiveBase = named === undefined || named === '' ? config.goArchiveBase : named
  return {
    mirrors: [...(mirror ? [mirror] : []), ...(config.mirrors ?? [])],
    ...(goArchiveBase ? { goArchiveBase } : {}),
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
