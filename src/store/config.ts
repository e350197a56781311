/** config.json: the few things that a user has chosen. The one file of the store that can't be made again. */
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
  /** Base URL of Go archives that the official index does not list. */
  goArchiveBase?: string
}

/** Reads and writes config.json. A key set to undefined is removed. */
export interface ConfigFile {
  read(): Config
  set<Key extends keyof Config>(key: Key, value: Config[Key]): void
}

/** @throws SyntaxError when the file isn't JSON: never replaced silently, it is the user's. */
export async function openConfig(layout: Layout): Promise<ConfigFile> {
  const { default: Conf } = await import('conf')
  const conf = new Conf<Config>({ cwd: layout.home, configName: 'config', clearInvalidConfig: false })
  return {
    read: () => conf.store,
    set: (key, value) => {
      if (value === undefined) conf.delete(key)
      else conf.set(key, value)
    },
  }
}
