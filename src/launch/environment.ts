/**
 * The environment of `gonative exec`. The version is fixed by GONATIVE_GO and the shims come first on PATH, so that every
 * `go` below gets the compilers of its own target; only with `--target` are compilers set for other programs too.
 */
import { readFile } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'
import { platform } from 'node:process'
import type { Layout } from '../store/layout.js'
import { releaseOf } from '../store/linked.js'
import { parseVersion } from '../version/version.js'
import { parseEnv } from './env-files.js'

export type Environment = Readonly<Record<string, string | undefined>>

export interface ExecRequest {
  layout: Layout
  /** The exact version of an installed Go. */
  version: string
  /** The caller's. */
  env: Environment
  /** GOOS, GOARCH and the variant's variable (GOARM, GOAMD64, …) of a target. */
  target?: Readonly<Record<string, string>> | undefined
  /** The env file's name in the toolchain's env directory; by default that of GOOS and GOARCH. */
  envFile?: string | undefined
}

/**
 * The environment for a program that runs with an installed Go. A variable of the user's wins over the env file's; what
 * was taken from the file is remembered in GONATIVE_SET, by which the shim below tells it from the user's own.
 */
export async function execEnvironment(request: ExecRequest): Promise<Record<string, string>> {
  const { layout, version, target } = request
  const env = withoutOurs(request.env)
  env.GONATIVE_GO = version
  const others = env.PATH ? env.PATH.split(delimiter).filter((part) => part !== layout.shims) : []
  env.PATH = [layout.shims, ...others].join(delimiter)
  if (!target) return env
  Object.assign(env, target)
  const file = request.envFile ?? `${target.GOOS ?? ''}-${target.GOARCH ?? ''}`
  const directory = layout.env({ tool: 'go', version })
  const { version: known } = await releaseOf(layout, { tool: 'go', version })
  const [offered, user] = await Promise.all([readEnv(join(directory, file)), goEnvFile(env, known)])
  const added = Object.entries(offered).filter(([name]) => !env[name] && !user[name] && isWanted(name, env, user))
  if (added.length === 0) return env
  const set = added.map(([name, value]) => `${name}=${value}\n`).join('')
  return { ...env, ...Object.fromEntries(added), GONATIVE_SET: set }
}

/** A compiler of the user's own, or no cgo, means none of ours; sub-architectures (GOARM …) are set all the same. */
function isWanted(name: string, env: Environment, user: Environment): boolean {
  if (name === 'GOROOT') return false
  const cgo = [env.CGO_ENABLED, user.CGO_ENABLED].find(Boolean) // to Go, empty is not set
  const ours = !env.CC && !user.CC && cgo !== '0'
  return ours || name.startsWith('GO')
}

/** Drops what a shim or exec further out has set, as far as it is still as it was set there. */
function withoutOurs(env: Environment): Record<string, string> {
  const set = parseEnv(env.GONATIVE_SET ?? '')
  const entries = Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined || name === 'GONATIVE_SET' || set[name] === value) return []
    return [[name, value] as const]
  })
  return Object.fromEntries(entries)
}

/** What `go env -w` has set; before Go 1.13 there was no such file. */
async function goEnvFile(env: Environment, version: string): Promise<Record<string, string>> {
  const minor = parseVersion(version)?.minor ?? 0
  if (minor < 13 || env.GOENV === 'off') return {}
  if (env.GOENV) return readEnv(env.GOENV)
  const directory = userConfigDirectory(env)
  return directory ? readEnv(join(directory, 'go', 'env')) : {}
}

/** Go's os.UserConfigDir; undefined where that fails. */
function userConfigDirectory(env: Environment): string | undefined {
  if (platform === 'darwin') return env.HOME && join(env.HOME, 'Library', 'Application Support')
  if (env.XDG_CONFIG_HOME) return isAbsolute(env.XDG_CONFIG_HOME) ? env.XDG_CONFIG_HOME : undefined
  return env.HOME && join(env.HOME, '.config')
}

async function readEnv(file: string): Promise<Record<string, string>> {
  return parseEnv(await readFile(file, 'utf8').catch(() => ''))
}
