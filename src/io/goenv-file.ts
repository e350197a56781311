/** The go command's two configuration files: the user's (`go env -w`) and the one in a GOROOT (cmd/go/internal/cfg). */
import { readFile } from 'node:fs/promises'
import { posix, win32 } from 'node:path'
import type { Io } from './io.js'

/** Where `go env -w` writes, by os.UserConfigDir's rules; undefined with GOENV=off, or without a home. */
export function userGoEnvFile({ env, host }: Pick<Io, 'env' | 'host'>): string | undefined {
  const named = env.GOENV ?? ''
  if (named !== '') return named === 'off' ? undefined : named
  const directory = userConfigDir(env, host.os)
  return directory === undefined ? undefined : (host.os === 'windows' ? win32 : posix).join(directory, 'go', 'env')
}

function userConfigDir(env: Io['env'], os: string): string | undefined {
  if (os === 'windows') return set(env.AppData ?? env.APPDATA)
  const home = set(env.HOME)
  if (os === 'darwin') return home && `${home}/Library/Application Support`
  return set(env.XDG_CONFIG_HOME) ?? (home && `${home}/.config`)
}

/** A variable that is there but empty counts as absent, as in the go command. */
export function set(value: string | undefined): string | undefined {
  return value === '' ? undefined : value
}

/**
 * Reads `NAME=value` lines; the last of a name wins. Lines that don't start with an upper case letter are comments.
 * Undefined when there is no such file.
 */
export async function readGoEnvFile(path: string): Promise<Map<string, string> | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const values = new Map<string, string>()
  for (const line of text.split('\n')) {
    const found = /^([A-Z][^=]*)=(.*)$/.exec(line.replace(/\r$/, ''))
    if (found?.[1] !== undefined && found[2] !== undefined) values.set(found[1], found[2])
  }
  return values
}
