/** config.json: the few things that a user has chosen. The one file of the store that can't be made again. */
import { mkdir, readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { isSystemError } from '../errors.js'
import type { Layout } from './layout.js'
import { replaceFile } from './receipt.js'

const fileOf = (layout: Layout): string => join(layout.home, 'config.json')

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
 * What the user has chosen; nothing, while there is no such file.
 * @throws SyntaxError when the file isn't JSON
 */
export async function readConfig(layout: Layout): Promise<Config> {
  const text = await readFile(fileOf(layout), 'utf8').catch((error: unknown) => {
    if (isSystemError(error, 'ENOENT')) return '{}'
    throw error
  })
  return JSON.parse(text) as Config // every reader takes a value of another type for none, or fails
}

/**
 * Writes one choice, for good; undefined takes it out. What else is in the file stays, and so does a link to it.
 * @throws SyntaxError when the file isn't JSON: it is the user's, and left as it is
 */
export async function setConfig<Key extends keyof Config>(layout: Layout, key: Key, value: Config[Key]): Promise<void> {
  const config: Config = { ...(await readConfig(layout)), [key]: value } // JSON leaves out what is undefined
  const file = fileOf(layout)
  await mkdir(layout.home, { recursive: true })
  const real = await realpath(file).catch(() => file)
  await replaceFile(real, `${JSON.stringify(config, undefined, 2)}\n`, { flush: true })
}
