/** Resolve: from what the user wrote to one release that a source has. */
import { GonativeError } from '../errors.js'
import { lastOf } from '../version/ended-lines.js'
import { nearest, select, type Spec } from '../version/spec.js'
import { allUnreachable, listVersions, locate, type Located, type Tried } from './locate.js'
import type { Session } from './session.js'

/**
 * Finds the Go release for a spec, with its archives. An exact version is asked for by name, since a source may have
 * what its list leaves out; for `latest` or a line the best of all lists is taken.
 * @throws GonativeError NOT_FOUND (exit 5) naming the nearest that exist, or UNREACHABLE (exit 4) naming each source.
 */
export async function resolve(spec: Spec, session: Session, only?: string): Promise<Located> {
  const tried: Tried[] = []
  for (const version of await candidates(spec, session, tried, only)) {
    const answer = await locate({ tool: 'go', version }, session, { only })
    if (answer.located) return answer.located
    tried.push(...answer.tried)
  }
  throw await missing(spec, session, tried, only)
}

/**
 * The exact version that a spec means, without asking whether a source has it for this host.
 * @throws GonativeError NOT_FOUND or UNREACHABLE, as resolve does
 */
export async function newestOf(spec: Spec, session: Session, only?: string): Promise<string> {
  const tried: Tried[] = []
  const [version] = await candidates(spec, session, tried, only)
  if (version !== undefined) return version
  throw await missing(spec, session, tried, only)
}

/** The versions to ask for, best first. */
async function candidates(spec: Spec, session: Session, tried: Tried[], only?: string): Promise<string[]> {
  if (spec.kind === 'exact') return [spec.version]
  const listed = await listVersions('go', session, only)
  tried.push(...listed.tried)
  if (!listed.tried.some((source) => source.reachable)) return []
  const best = select(spec, [...listed.versions.keys()])
  const last = spec.kind === 'line' ? lastOf(spec.line) : undefined
  return [...new Set([last, best].filter((version) => version !== undefined))]
}

async function missing(spec: Spec, session: Session, tried: Tried[], only?: string): Promise<GonativeError> {
  const what = `go ${spec.text}`
  if (!tried.some((source) => source.reachable)) return allUnreachable(what, tried)
  const { versions } = await listVersions('go', session, only)
  const near = nearest(spec, [...versions.keys()])
  const { os, arch } = session.io.host
  return new GonativeError('NOT_FOUND', `no source has ${what} for ${os}/${arch}`, {
    exit: 'missing',
    hint:
      near.length > 0 ? `The nearest that exist: ${near.join(', ')}. 'gonative list-remote' lists them.` : undefined,
  })
}
