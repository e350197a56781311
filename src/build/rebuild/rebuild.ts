/**
 * Rebuild: makes a release's archives for a host from its source, and has the verifiers judge them as if they had been
 * downloaded. Nothing but the source, the Go that compiles it and the published record has to be had, so that the
 * archives of a host that no source offers can be made here, and proven (go.dev/rebuild).
 */
import { join } from 'node:path'
import type { Host, Release } from '../../contract/index.js'
import { discard } from '../../install/fetch.js'
import { downloadsOf, type Session } from '../../install/session.js'
import { inStaging, sweep } from '../../store/staging.js'
import { make } from '../make.js'
import { findSource, takeSource } from '../source-tree.js'
import { bootstrapFor, type Bootstrap } from './bootstrap.js'
import { compare, type Compared } from './compare.js'
import { keep, madeIn, openOutput } from './made.js'
import { checkOwnSource, copyOwnSource } from './own-source.js'
import { record } from './record.js'

export interface RebuildRequest {
  /** Exact; 1.21.0 or later: cmd/distpack is there from then on. */
  version: string
  host: Host
  /** A source tree of the user's own, absolute, that is built instead of the published one. */
  source?: string | undefined
  /** The directory that gets the archives, absolute, under the names that they are published with. */
  output?: string | undefined
}

export interface Rebuilt extends Compared {
  version: string
  host: Host
  /** Which Go compiled it. */
  with: string
  /** The source's id, or the directory of the user's own. */
  source: string
  /** That make.bash took. */
  seconds: number
  /** Whether the receipt of the installed release says so from now on. */
  recorded: boolean
}

/**
 * Builds and compares. What was made is kept in `output` whatever it is.
 * @throws GonativeError WRONG_SOURCE, OUTPUT (usage), DIFFERS (exit 3) with the first file that does, NOT_COMPARED (exit 3), MAKE_FAILED, and what
 * finding the source and a Go to compile it throw
 */
export async function rebuild(request: RebuildRequest, session: Session): Promise<Rebuilt> {
  const { version, host, source, output } = request
  const { layout } = session
  // What would fail after minutes fails now.
  if (source !== undefined) await checkOwnSource(source, version)
  if (output !== undefined) await openOutput(output)
  await sweep(layout)
  const bootstrap = await bootstrapFor(version, session)
  const name = `rebuild-go${version}-${host.os}-${host.arch}`
  const done = await session.lock(name, () =>
    inStaging(layout, name, (staging) => inside(staging, request, bootstrap, session)),
  )
  const { files, ...rebuilt } = done
  const here = host.os === session.io.host.os && host.arch === session.io.host.arch
  const same = rebuilt.unsigned ? 'but for the signatures' : 'bit for bit'
  const evidence = `${same}, from source (${rebuilt.source}) with ${rebuilt.with}: ${rebuilt.evidence}`
  const recorded = here && (await record({ tool: 'go', version }, files, evidence, session))
  return { ...rebuilt, recorded }
}

async function inside(staging: string, request: RebuildRequest, bootstrap: Bootstrap, session: Session) {
  const { version, host, output } = request
  const goroot = join(staging, 'goroot')
  const release: Release = { tool: 'go', version }
  const { source, downloads } = await sourceInto(goroot, request, session)
  session.report.note(`building go ${version} for ${host.os}/${host.arch} with go ${bootstrap.version}: some minutes`)
  const seconds = await make(
    {
      version,
      goroot,
      bootstrap: bootstrap.path,
      scratch: join(staging, 'scratch'),
      env: environmentFor(host),
      args: ['-distpack'],
    },
    session,
  )
  const made = await madeIn(goroot, release, host)
  if (output !== undefined) await keep(made, output)
  const own = request.source !== undefined
  const compared = await compare({ made, release, host, staging, own, output }, session)
  if (!downloadsOf(session).keep) await Promise.all(downloads.map((path) => discard(path)))
  return { ...compared, version, host, with: `go ${bootstrap.version}`, source, seconds: Math.round(seconds) }
}

async function sourceInto(
  goroot: string,
  { version, source }: RebuildRequest,
  session: Session,
): Promise<{ source: string; downloads: string[] }> {
  if (source !== undefined) {
    await copyOwnSource(source, goroot, session)
    return { source, downloads: [] }
  }
  return takeSource(await findSource(version, session), goroot, session, false)
}

/**
 * Releases are compiled with what cmd/dist takes by default, so nothing else is said. Only on an ARM machine would it look
 * at the processor; everywhere else it takes 7 (xgetgoarm in cmd/dist/util.go).
 */
function environmentFor({ os, arch }: Host): Record<string, string> {
  return { GOOS: os, GOARCH: arch, ...(arch === 'arm' ? { GOARM: '7' } : {}) }
}
