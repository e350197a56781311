/**
 * Go and zig from mirrors: a mounted directory or a plain web server with files named as their publishers name them.
 * A `NAME.sha256` beside a file vouches for it; without one another verifier has to.
 */
import type { Archive, Context, Source } from 'gonative/contract'
import { openMirror } from './mirror.js'
import type { Mirror } from './mirror.js'
import { candidates, sourceCandidates, versionOf } from './names.js'
import { digestsOf, signatureOf } from './siblings.js'

const source: Source = {
  tools: ['go', 'zig'],

  configured: ({ settings }) => settings.mirrors.length > 0,

  async versions(tool, host, context) {
    const lists = await eachMirror(context, async (mirror) => mirror.names())
    const versions = lists.flat().map((name) => versionOf(name, tool, host))
    return [...new Set(versions.filter((version) => version !== undefined))]
  },

  async locate({ tool, version }, host, context) {
    return firstOf(candidates(tool, version, host), context)
  },

  async locateSource({ tool, version }, context) {
    return firstOf(sourceCandidates(tool, version), context)
  },
}

/** The first of some archives that a mirror has. */
async function firstOf(wanted: ReturnType<typeof candidates>, context: Context): Promise<Archive[] | undefined> {
  const found = await eachMirror(context, async (mirror) => {
    for (const archive of wanted) {
      const located = await locateIn(mirror, archive)
      if (located !== undefined) return [located]
    }
    return []
  })
  const archive = found.flat()[0]
  return archive && [archive]
}

async function locateIn(mirror: Mirror, archive: Omit<Archive, 'urls' | 'digests'>): Promise<Archive | undefined> {
  const digests = await digestsOf(mirror, archive.name)
  if (digests.length === 0 && !(await mirror.has(archive.name))) return undefined
  const minisign = archive.name.startsWith('zig-') ? await signatureOf(mirror, archive.name) : undefined
  return { ...archive, urls: [mirror.urlOf(archive.name)], digests, ...(minisign && { minisign }) }
}

/** Asks the mirrors in turn. One that fails is told of when another answers with something, and is the error if none does. */
async function eachMirror<T>(context: Context, ask: (mirror: Mirror) => Promise<T[]>): Promise<T[][]> {
  const answers: T[][] = []
  const failures: Error[] = []
  for (const place of context.settings.mirrors) {
    try {
      answers.push(await ask(openMirror(place, context)))
    } catch (error) {
      failures.push(error instanceof Error ? error : new Error(String(error)))
    }
  }
  const [first, ...others] = failures
  if (first !== undefined && answers.flat().length === 0) {
    if (others.length === 0) throw first
    throw context.unreachable(failures.map((failure) => failure.message).join('; '), first)
  }
  for (const failure of failures) context.note(failure.message)
  return answers
}

export default source
