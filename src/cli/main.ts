/** The program: loads oclif with the store's directories, runs the command, and ends with the right words and code. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Config, flush, run, settings } from '@oclif/core'
import { GonativeError } from '../errors.js'
import { createIo } from '../io/node.js'
import { nearest } from '../target/nearest.js'
import { end } from './end.js'
import { homeOf } from './home.js'
import { jsonForOthers } from './json-for-others.js'

/** @param entry the URL of bin/run.js. */
export async function main(entry: string): Promise<void> {
  // Linked plugins are compiled already; without this oclif warns about each of them at every hook.
  settings.enableAutoTranspile = false
  const argv = process.argv.slice(2)
  const json = wantsJson(argv)
  try {
    const config = await load(entry)
    rejectUnknown(argv, config)
    await (json ? jsonForOthers(argv, config) : run(argv, config))
    await flush()
  } catch (error) {
    end(error, json)
  }
}

/** Loads oclif's Config: plugins that users add live in the store, not in directories of oclif's own. */
async function load(entry: string): Promise<Config> {
  const home = homeOf(createIo())
  process.env.GONATIVE_DATA_DIR = join(home, 'plugins')
  process.env.GONATIVE_CACHE_DIR = join(home, 'cache', 'oclif')
  process.env.GONATIVE_CONFIG_DIR = home
  return Config.load({ root: fileURLToPath(new URL('..', entry)) })
}

/** @throws GonativeError for a first word that is no command, with those that may have been meant. */
function rejectUnknown([first]: string[], config: Config): void {
  if (first === undefined || first.startsWith('-') || first === 'help') return
  const words = config.commandIDs.map((id) => id.split(':')[0] ?? id)
  if (words.includes(first)) return
  throw new GonativeError('UNKNOWN_COMMAND', `there is no command '${first}'`, {
    exit: 'usage',
    hint: `Did you mean ${nearest(first, [...new Set(words)], 2).join(' or ')}? 'gonative --help' lists them all.`,
  })
}

/** Before `--`: what follows it belongs to a child. */
function wantsJson(argv: string[]): boolean {
  const rest = argv.indexOf('--')
  return (rest === -1 ? argv : argv.slice(0, rest)).includes('--json')
}
