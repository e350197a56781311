/**
 * The registry: asks every plugin once, through one hook, what it offers; orders the answers and rejects what is
 * broken. A plugin that fails is always an error with its name: what it would have offered might be a verifier.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { apiVersion, type Descriptor, type Source, type Strategy, type Verifier } from '../contract/index.js'
import { GonativeError, messageOf } from '../errors.js'

/** The part of oclif's Config that the registry needs. */
export interface PluginHost {
  plugins: Map<string, { name: string; type: string; hooks: Record<string, unknown> }>
  runHook(
    event: string,
    options: object,
    timeout?: number,
    captureErrors?: boolean,
  ): Promise<{
    successes: { plugin: { name: string }; result: unknown }[]
    failures: { plugin: { name: string }; error: Error }[]
  }>
}

/** One offer with where it came from. */
export interface Offer<T> {
  id: string
  plugin: string
  load(): Promise<T>
}

export interface Registry {
  /** Each in the order of (priority, plugin, id). */
  sources: Offer<Source>[]
  verifiers: Offer<Verifier>[]
  strategies: Offer<Strategy>[]
}

/** The one hook's name. */
const event = 'gonative:register'
/** How long a plugin may take to register, or an offer to load. Registration does no I/O. Milliseconds. */
const patience = 10_000

type Offered = Descriptor & { plugin: string }

/**
 * Asks every plugin.
 * @throws GonativeError PLUGIN_FAILED, PLUGIN_HUNG, PLUGIN_INVALID or PLUGIN_DUPLICATE, naming the plugin.
 */
export async function collect(host: PluginHost): Promise<Registry> {
  const offered = await ask(host)
  offered.sort((a, b) => a.priority - b.priority || compare(a.plugin, b.plugin) || compare(a.id, b.id))
  rejectDuplicates(offered)
  return {
    sources: offered.filter((d) => d.kind === 'source').map((d) => offer<Source>(d)),
    verifiers: offered.filter((d) => d.kind === 'verifier').map((d) => offer<Verifier>(d)),
    strategies: offered.filter((d) => d.kind === 'strategy').map((d) => offer<Strategy>(d)),
  }
}

async function ask(host: PluginHost): Promise<Offered[]> {
  // oclif's own timeout covers the hook's function, but not the import of its module, and its timer does not keep the
  // process alive: a hung plugin would end it with code 13 and no word. Hence a timer of ours around it.
  const answer = await within(patience + 2000, host.runHook(event, { apiVersion }, patience, true))
  if (answer === undefined) {
    const asked = [...host.plugins.values()].filter((plugin) => event in plugin.hooks && plugin.type !== 'core')
    throw pluginError('PLUGIN_HUNG', asked.map((plugin) => plugin.name).join(' or '), 'did not finish loading')
  }
  const [failure] = answer.failures
  if (failure) {
    const hung = failure.error.message.startsWith('Timed out')
    throw hung
      ? pluginError('PLUGIN_HUNG', failure.plugin.name, `did not answer within ${patience / 1000} seconds`)
      : pluginError('PLUGIN_FAILED', failure.plugin.name, `failed to register: ${failure.error.message}`, failure.error)
  }
  return answer.successes.flatMap(({ plugin, result }) => parse(plugin.name, result))
}

/** Checks a plugin's answer: it may be plain JavaScript, written by anyone. */
function parse(plugin: string, result: unknown): Offered[] {
  if (!Array.isArray(result)) throw pluginError('PLUGIN_INVALID', plugin, `did not return a list of descriptors`)
  return result.map((item: unknown) => {
    const { kind, id, priority, load } = (item ?? {}) as Partial<Record<string, unknown>>
    const valid =
      (kind === 'source' || kind === 'verifier' || kind === 'strategy') &&
      typeof id === 'string' &&
      /^[a-z0-9][a-z0-9-]*$/.test(id) &&
      typeof priority === 'number' &&
      typeof load === 'function'
    if (!valid) {
      const reason = `returned a descriptor that is not {kind, id, priority, load}: ${JSON.stringify(item)}`
      throw pluginError('PLUGIN_INVALID', plugin, reason)
    }
    return { kind, id, priority, load, plugin } as Offered // checked just above
  })
}

function rejectDuplicates(offered: Offered[]): void {
  const seen = new Map<string, Offered>()
  for (const descriptor of offered) {
    const key = `${descriptor.kind} '${descriptor.id}'`
    const first = seen.get(key)
    if (first) {
      const where = first.plugin === descriptor.plugin ? ' twice' : `, which ${first.plugin} already offers`
      throw pluginError('PLUGIN_DUPLICATE', descriptor.plugin, `offers the ${key}${where}`)
    }
    seen.set(key, descriptor)
  }
}

function offer<T>(descriptor: Offered): Offer<T> {
  const { id, plugin, kind } = descriptor
  const start: () => Promise<{ default: unknown }> = descriptor.load
  return {
    id,
    plugin,
    async load() {
      const loading = Promise.resolve().then(start)
      const module = await within(patience, loading).catch((error: unknown) => {
        throw pluginError('PLUGIN_FAILED', plugin, `could not load its ${kind} '${id}': ${messageOf(error)}`, error)
      })
      if (module === undefined) throw pluginError('PLUGIN_HUNG', plugin, `did not finish loading its ${kind} '${id}'`)
      return module.default as T // the kind says which; `collect` put it in the list of that kind
    },
  }
}

/** The promise's value, or undefined when it takes longer. The timer keeps the process alive. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  const stop = new AbortController()
  try {
    return await Promise.race([promise, sleep(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined)])
  } finally {
    stop.abort()
  }
}

function pluginError(code: string, plugin: string, what: string, cause?: unknown): GonativeError {
  return new GonativeError(code, `the plugin ${plugin} ${what}`, {
    hint: `Repair it, or take it out with 'gonative plugins uninstall ${plugin}'.`,
    cause,
  })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
