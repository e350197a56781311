/** A user with the real network: the Go proxy, npm and pip as this machine's own clients have them. */
import { execFileSync } from 'node:child_process'
import { user, type User } from './cli.js'

/**
 * Downloads and the caches of zig and the go command are shared between runs and files, by the directories that
 * `npm run check` names: what changes a result is in those caches' keys, which is tested where they are not shared.
 */
export async function realUser(directory: string, env: Record<string, string> = {}): Promise<User> {
  const { GONATIVE_DOWNLOADS, GONATIVE_TEST_ZIG_CACHE, GONATIVE_TEST_GOCACHE } = process.env
  return user(directory, {
    ...(GONATIVE_DOWNLOADS ? { GONATIVE_DOWNLOADS } : {}),
    ...(GONATIVE_TEST_ZIG_CACHE ? { ZIG_GLOBAL_CACHE_DIR: GONATIVE_TEST_ZIG_CACHE } : {}),
    ...(GONATIVE_TEST_GOCACHE ? { GOCACHE: GONATIVE_TEST_GOCACHE } : {}),
    ...goEnvironment(),
    GOFLAGS: '',
    ...env,
  })
}

/** What the Go on PATH, if any, has configured: HOME is another one in tests, and so would its go env file be. */
function goEnvironment(): Record<string, string> {
  try {
    const text = execFileSync('go', ['env', '-json', 'GOPROXY', 'GOSUMDB', 'GONOSUMDB'], { encoding: 'utf8' })
    const found = JSON.parse(text) as Record<string, string>
    return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== ''))
  } catch {
    return {} // gonative has its own ways of finding out
  }
}
