/** A plugin's context made of real parts: the web of `src/io`, a temporary home, nothing of the user's. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Context, Host, Http, Memory, Settings } from '../../src/contract/index.js'
import { UnreachableError } from '../../src/errors.js'
import { createGoEnvironment } from '../../src/io/goenv.js'
import { createHttp } from '../../src/io/http.js'
import type { Io } from '../../src/io/io.js'
import { run } from '../../src/io/process.js'
import { trust } from '../../src/trust/trust.js'

export interface TestWorld {
  /** The whole environment; HOME and PATH are set to an empty directory where they are not given. */
  env?: Record<string, string>
  host?: Host
  settings?: Partial<Settings>
  /** Official sites brought to the loopback: what a URL starts with, and what takes its place. */
  routes?: Record<string, string>
  /** GOROOTs in the store. */
  goroots?: string[]
}

export interface TestContext extends Context {
  /** What the plugin told the user. */
  notes: string[]
  io: Io
}

/** A directory that goes away after the test; its name has a space, a quote and a dollar in it. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "gonative it's $HOME "))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

/** Sends what starts like a route's name to the route's URL. */
function routed(http: Io['http'], routes: Record<string, string>): Io['http'] {
  const way = (url: string): string => {
    const start = Object.keys(routes).find((start) => url.startsWith(start))
    return start === undefined ? url : (routes[start] ?? '') + url.slice(start.length)
  }
  return {
    get: (url, options) => http.get(way(url), options),
    download: (url, options) => http.download(way(url), options),
  }
}

/** The world as a command would have it, with this environment and no other. */
export async function testIo(world: TestWorld = {}): Promise<Io & { notes: string[] }> {
  const home = await temporaryDirectory()
  const env = { HOME: home, PATH: home, ...world.env }
  const notes: string[] = []
  return {
    env,
    cwd: home,
    host: world.host ?? { os: 'linux', arch: 'amd64' },
    http: routed(createHttp(env), world.routes ?? {}),
    run: (command, args, options) => run(command, args, { env: { ...env, ...options?.env }, cwd: home }),
    now: () => new Date(),
    terminal: { stdout: false, stderr: false, columns: 80 },
    note: (line) => void notes.push(line),
    notes,
  }
}

/** A context for plugins. */
export async function testContext(world: TestWorld = {}): Promise<TestContext> {
  const io = await testIo(world)
  const http: Http = io.http
  return {
    io,
    env: io.env,
    host: io.host,
    http,
    settings: { mirrors: [], ...world.settings },
    trust: trust,
    memory: memory(),
    go: createGoEnvironment(io, async () => world.goroots ?? [], nowhere()),
    run: (command, args, options) => io.run(command, args, options),
    note: (line) => io.note(line),
    unreachable: (reason, cause) => new UnreachableError(reason, cause),
    notes: io.notes,
  }
}

/** The machine's own Gos stay out of tests. */
async function* nowhere(): AsyncGenerator<string> {
  // Nothing to yield.
}

/** Texts that live as long as the context. */
function memory(): Memory {
  const texts = new Map<string, string>()
  return {
    read: async (name) => texts.get(name),
    update: async (name, change) => void texts.set(name, await change(texts.get(name))),
  }
}
