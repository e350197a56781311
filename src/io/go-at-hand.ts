/**
 * GOROOTs on this machine whose Go can be asked for its configuration. Version managers put scripts and links of their
 * own in front of Go, ours too: only a real Go in a real GOROOT counts, so that asking never comes back to us.
 */
import { open, readdir, realpath } from 'node:fs/promises'
import { basename, delimiter, dirname, join } from 'node:path'
import type { Io } from './io.js'

/** Places that installers use: go.dev's, Linux distributions', Homebrew's, the Windows installer's. */
const wellKnown: Record<string, string[]> = {
  windows: ['C:\\Program Files\\Go', 'C:\\Go'],
  darwin: ['/usr/local/go', '/opt/homebrew/opt/go/libexec', '/usr/local/opt/go/libexec'],
  other: ['/usr/local/go', '/usr/lib/go', '/usr/lib/golang', '/usr/local/lib/go', '/snap/go/current'],
}

/** The GOROOTs at hand, each with a Go that can run, best first. */
export async function* goroots({ env, host }: Pick<Io, 'env' | 'host'>): AsyncGenerator<string> {
  const program = host.os === 'windows' ? 'go.exe' : 'go'
  for (const directory of (env.PATH ?? env.Path ?? '').split(delimiter)) {
    const found = directory === '' ? undefined : await gorootOf(join(directory, program))
    if (found !== undefined) yield found
  }
  const home = env.HOME ?? env.USERPROFILE ?? ''
  const places = [
    ...(wellKnown[host.os] ?? wellKnown.other ?? []),
    ...(home === '' ? [] : await within(join(home, 'sdk'), 'go')),
    ...(await within(join(modules(env, home), 'golang.org'), 'toolchain@')),
  ]
  for (const place of places) {
    const found = await gorootOf(join(place, 'bin', program))
    if (found !== undefined) yield found
  }
}

/** The module cache, where the go command keeps the toolchains that it has switched to. */
function modules(env: Io['env'], home: string): string {
  const gopath = (env.GOPATH ?? '').split(delimiter)[0] ?? ''
  return env.GOMODCACHE ?? join(gopath === '' ? join(home, 'go') : gopath, 'pkg', 'mod')
}

async function within(directory: string, start: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => [])
  const matching = names.filter((name) => name.startsWith(start))
  const newestFirst = matching.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
  return newestFirst.map((name) => join(directory, name))
}

/** The GOROOT that a go program belongs to; undefined for what isn't Go's own program in its own tree. */
async function gorootOf(program: string): Promise<string | undefined> {
  const path = await realpath(program).catch(() => undefined)
  if (path === undefined || !/^go(\.exe)?$/.test(basename(path)) || basename(dirname(path)) !== 'bin') return undefined
  return (await isScript(path)) ? undefined : dirname(dirname(path))
}

async function isScript(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined)
  if (file === undefined) return true
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead < 2 || buffer.toString('latin1') === '#!'
  } catch {
    return true
  } finally {
    await file.close()
  }
}
