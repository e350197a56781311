/** What the go command's user has configured, found as `go env` finds it, but without needing a Go. */
import { join } from 'node:path'
import type { GoEnvironment } from '../contract/index.js'
import { goroots } from './go-at-hand.js'
import { readGoEnvFile, set, userGoEnvFile } from './goenv-file.js'
import { proxyGet } from './goproxy.js'
import type { Io } from './io.js'

/** What a name falls back to when nobody has set it. */
const inherits: Record<string, string> = { GONOPROXY: 'GOPRIVATE', GONOSUMDB: 'GOPRIVATE' }

/** Of the Gos that have no go.env (before 1.21), so many are run before giving up. */
const mostRuns = 4

/**
 * Makes the go environment of this process. `candidates` gives the GOROOTs in the store, best first; those `elsewhere`
 * (default: on the machine) are looked at after them. What was found is kept for the life of the object.
 */
export function createGoEnvironment(
  io: Io,
  candidates: () => Promise<string[]>,
  elsewhere: AsyncIterable<string> = goroots(io),
): GoEnvironment {
  const kept = new Map<string, Promise<string | undefined>>()
  const get = (name: string): Promise<string | undefined> => {
    const known = kept.get(name) ?? find(name)
    kept.set(name, known)
    return known
  }
  const user = lazy(async () => {
    const path = userGoEnvFile(io)
    return path === undefined ? undefined : readGoEnvFile(path)
  })
  const atHand = lazy(() => inOrder(candidates, elsewhere))
  const find = async (name: string): Promise<string | undefined> => {
    const own = set(io.env[name]) ?? set((await user())?.get(name))
    if (own !== undefined) return own
    const heir = inherits[name]
    return heir === undefined ? askGo(io, name, await atHand()) : get(heir)
  }
  return {
    get,
    proxyGet: async (path) => {
      const list = await get('GOPROXY')
      return list === undefined ? undefined : proxyGet(io.http, list, path)
    },
  }
}

function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

async function inOrder(candidates: () => Promise<string[]>, elsewhere: AsyncIterable<string>): Promise<string[]> {
  const found = new Set(await candidates())
  for await (const goroot of elsewhere) found.add(goroot)
  return [...found]
}

/**
 * The default of the first GOROOT that has one. Since Go 1.21 the defaults that differ between distributions are in
 * `$GOROOT/go.env`, and what it doesn't name has none; an older Go is run.
 */
async function askGo(io: Io, name: string, goroots: string[]): Promise<string | undefined> {
  let runs = 0
  for (const goroot of goroots) {
    const file = await readGoEnvFile(join(goroot, 'go.env'))
    if (file !== undefined) return set(file.get(name))
    if (runs++ < mostRuns) {
      const value = await runGo(io, goroot, name)
      if (value !== undefined) return value
    }
  }
  return undefined
}

/** GOFLAGS is emptied because an old Go fails on a flag that it doesn't know, whatever it is asked. */
async function runGo(io: Io, goroot: string, name: string): Promise<string | undefined> {
  const env = { GOTOOLCHAIN: 'local', GOFLAGS: '', GOROOT: goroot }
  const { code, stdout } = await io.run(join(goroot, 'bin', 'go'), ['env', name], { env })
  return code === 0 ? set(stdout.trim()) : undefined
}
