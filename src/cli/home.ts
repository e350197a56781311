/** Where the store is. */
import { join, resolve } from 'node:path'
import { GonativeError } from '../errors.js'
import type { Io } from '../io/io.js'

/** GONATIVE_HOME, else `.gonative` in the user's home. Always absolute. */
export function homeOf({ env, cwd }: Pick<Io, 'env' | 'cwd'>): string {
  const home = storeIn(env, cwd)
  // The shims' directory has to be an entry of PATH, and env files have a line for each variable.
  if (process.platform === 'win32' || !/[:\n]/.test(home)) return home
  throw new GonativeError(
    'BAD_HOME',
    `the store cannot be in ${JSON.stringify(home)}: PATH cannot hold a colon or newline`,
    {
      exit: 'usage',
      hint: 'Set GONATIVE_HOME to another directory.',
    },
  )
}

/** How gonative itself is started, for the shim of that name. @param root of the installed package. */
export function selfOf(root: string): { node: string; entry: string } {
  return { node: process.execPath, entry: join(root, 'bin', 'run.js') }
}

function storeIn(env: Io['env'], cwd: string): string {
  const chosen = env.GONATIVE_HOME
  if (chosen) return resolve(cwd, chosen)
  const home = env.HOME ?? env.USERPROFILE
  if (home) return join(home, '.gonative')
  throw new GonativeError('NO_HOME', 'neither GONATIVE_HOME nor HOME is set', {
    hint: 'Set GONATIVE_HOME to the directory that is to hold the toolchains.',
  })
}
