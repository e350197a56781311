/** config.json: the few things that a user has chosen. The one file of the store that can't be made again. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isSystemError } from '../errors.js'
import type { Layout } from './layout.js'

export interface Config {
  /** The Go version that `use` made the default, exact. */
  default?: string
  /** Directories or base URLs that hold official file names; tried before every other source. */
  mirrors?: string[]
  /** Source ids in the order to try them; those not named follow in their own order. */
  sources?: string[]
  /** Whether the go shim and `exec` install a version that is asked for and missing; the shims read this one too. */
  autoInstall?: boolean
  /** Directory or base URL of Go archives that the official index does not list. */
  goArchiveBase?: string
}

/**
 * What the user has chosen; nothing, while there is no such file. Read without conf, which takes longer to load than
 * most commands run.
 * @throws SyntaxError when the file isn't JSON
 */
export async function readConfig(layout: Layout): Promise<Config> {
  const text = await readFile(join(layout.home, 'config.json'), 'utf8').catch((error: unknown) => {
    if (isSystemError(error, 'ENOENT')) return '{}'
    throw error
  })
  return JSON.parse(text) as Config // every reader takes a value of another type for none, or fails
}

/** Writes one choice, atomically; undefined takes it out. @throws SyntaxError: the file is the user's, never replaced */
export async function setConfig<Key extends keyof Config>(layout: Layout, key: Key, value: Config[Key]): Promise<void> {
  const { default: Conf } = await import('conf')
  const conf = new Conf<Config>({ cwd: layout.home, configName: 'config', clearInvalidConfig: false })
  if (value === undefined) conf.delete(key)
  else conf.set(key, value)
}
