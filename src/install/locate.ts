/** Locate: which source has a release, and in which archives. Sources are asked in order; the first that has it wins. */
import type { Archive, Host, Release, Source } from '../contract/index.js'
import { GonativeError, messageOf, UnreachableError } from '../errors.js'
import type { Offer } from '../registry/collect.js'
import type { Session } from './session.js'

export interface Located {
  release: Release
  host: Host
  source: string
  archives: Archive[]
}

/** What one source said, for the error that names them all. */
export interface Tried {
  source: string
  said: string
  reachable: boolean
}

/** The sources for a tool in the user's order. @throws GonativeError SOURCE_UNKNOWN when `only` isn't one. */
export async function sourcesFor(tool: string, session: Session, only?: string): Promise<[Offer<Source>, Source][]> {
  const { sources } = await session.registry()
  if (only !== undefined && !sources.some((offer) => offer.id === only)) {
    throw new GonativeError('SOURCE_UNKNOWN', `there is no source '${only}'`, {
      exit: 'usage',
      hint: `Sources: ${sources.map((offer) => offer.id).join(', ')}.`,
    })
  }
  const order = (await session.config()).sources ?? []
  const rank = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length)
  const wanted = sources.filter((offer) => only === undefined || offer.id === only)
  wanted.sort((a, b) => rank(a.id) - rank(b.id)) // stable: the registry's order among equals
  const loaded = await Promise.all(wanted.map(async (offer) => [offer, await offer.load()] as const))
  return loaded.flatMap(([offer, source]) => {
    const asked = source.tools.includes(tool) && (source.configured?.(session.contextOf(offer)) ?? true)
    return asked ? [[offer, source]] : []
  })
}

/** The first source that has the release for a host, by default this one, and what the sources before it said. */
export async function locate(
  release: Release,
  session: Session,
  { only, host = session.io.host }: { only?: string | undefined; host?: Host } = {},
): Promise<{ located?: Located; tried: Tried[] }> {
  const tried: Tried[] = []
  for (const [offer, source] of await sourcesFor(release.tool, session, only)) {
    const answer = await ask(offer, () => source.locate(release, host, session.contextOf(offer)))
    if ('failed' in answer) {
      session.report.note(`${offer.id}: ${answer.failed.said}; trying the next source`)
      tried.push(answer.failed)
    } else if (answer.value) {
      return { located: { release, host, source: offer.id, archives: answer.value }, tried }
    } else {
      tried.push({ source: offer.id, said: 'does not have it', reachable: true })
    }
  }
  return { tried }
}

/** The first source that has a release's source, and what those before it said. Most sources have no sources at all. */
export async function locateSource(
  release: Release,
  session: Session,
  only?: string,
): Promise<{ located?: Located; tried: Tried[] }> {
  const tried: Tried[] = []
  for (const [offer, source] of await sourcesFor(release.tool, session, only)) {
    const answer = await ask(offer, async () => source.locateSource?.(release, session.contextOf(offer)))
    if ('failed' in answer) tried.push(answer.failed)
    else if (answer.value) {
      return { located: { release, host: session.io.host, source: offer.id, archives: answer.value }, tried }
    } else tried.push({ source: offer.id, said: 'does not have its source', reachable: true })
  }
  return { tried }
}

/** Every version that the sources list for this host, with the sources that list it. */
export async function listVersions(
  tool: string,
  session: Session,
  only?: string,
): Promise<{ versions: Map<string, string[]>; tried: Tried[] }> {
  const versions = new Map<string, string[]>()
  const tried: Tried[] = []
  const sources = await sourcesFor(tool, session, only)
  const answers = await Promise.all(
    sources.map(async ([offer, source]) => ({
      offer,
      answer: await ask(offer, () => source.versions(tool, session.io.host, session.contextOf(offer))),
    })),
  )
  for (const { offer, answer } of answers) {
    if ('failed' in answer) tried.push(answer.failed)
    else {
      tried.push({ source: offer.id, said: `lists ${answer.value.length}`, reachable: true })
      for (const version of answer.value) versions.set(version, [...(versions.get(version) ?? []), offer.id])
    }
  }
  return { versions, tried }
}

/** No source answered: exit 4, each named with its reason. */
export function allUnreachable(what: string, tried: Tried[]): GonativeError {
  const lines = tried.map(({ source, said }) => `\n  ${source}: ${said}`).join('')
  return new GonativeError('UNREACHABLE', `no source could be reached for ${what}:${lines || ' there is none'}`, {
    exit: 'unreachable',
    hint: 'Check the network and proxy settings, or name a directory or server that has the files in GONATIVE_MIRROR.',
  })
}

/** No source has it: exit 5 with what each said and why that was to be expected, or exit 4 when none answered. */
export function notLocated(what: string, tried: Tried[], unpublished?: string): GonativeError {
  if (!tried.some(({ reachable }) => reachable)) return allUnreachable(what, tried)
  const said = tried.map((source) => `\n  ${source.source}: ${source.said}`).join('')
  const why = unpublished === undefined ? '' : ` (${unpublished})`
  return new GonativeError('NOT_FOUND', `no source has ${what}${why}:${said}`, { exit: 'missing' })
}

async function ask<T>(offer: Offer<unknown>, work: () => Promise<T>): Promise<{ value: T } | { failed: Tried }> {
  try {
    return { value: await work() }
  } catch (error) {
    if (error instanceof UnreachableError) {
      return { failed: { source: offer.id, said: error.message, reachable: false } }
    }
    if (error instanceof GonativeError) throw error
    throw new GonativeError(
      'SOURCE_FAILED',
      `the source '${offer.id}' of ${offer.plugin} failed: ${messageOf(error)}`,
      {
        hint: `Leave it out with --source, or report it to the makers of ${offer.plugin}.`,
        cause: error,
      },
    )
  }
}
