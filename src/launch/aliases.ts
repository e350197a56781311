/**
 * The newest installed version of every line, in two forms: `toolchains/1.27 -> go1.27.4` for people and editors, and
 * `env/1.27`, one line with the exact version, for the shim, which has no builtin to read a link with.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Layout } from '../store/layout.js'
import { select } from '../version/spec.js'
import { lineOf, parseVersion } from '../version/version.js'

const line = /^[0-9]+\.[0-9]+$/

/** Makes links and files agree with the installed Go versions; those of lines that are gone are removed. */
export async function writeAliases(layout: Layout, installed: readonly string[]): Promise<void> {
  const newest = newestOfLines(installed)
  const toolchains = layout.roomOf('go')
  const env = join(layout.home, 'env')
  await Promise.all([mkdir(toolchains, { recursive: true }), mkdir(env, { recursive: true })])
  for (const [name, version] of newest) {
    const target = Layout.nameOf({ tool: 'go', version })
    await replace(join(toolchains, name), target, readlink, (path) => symlink(target, path))
    await replace(join(env, name), `${version}\n`, readText, (path) => writeFile(path, `${version}\n`, { flag: 'wx' }))
  }
  for (const directory of [toolchains, env]) {
    const stale = (await readdir(directory)).filter((name) => line.test(name) && !newest.has(name))
    await Promise.all(stale.map((name) => rm(join(directory, name), { force: true })))
  }
}

/** The newest version of each line: a release candidate only where there is no release. */
export function newestOfLines(installed: readonly string[]): Map<string, string> {
  const lines = new Set(
    installed.map((text) => parseVersion(text)).flatMap((version) => (version ? [lineOf(version)] : [])),
  )
  const newest = [...lines].map((name) => [name, select({ kind: 'line', text: name, line: name }, installed)] as const)
  return new Map(newest.flatMap(([name, version]) => (version === undefined ? [] : [[name, version]])))
}

const readText = (path: string): Promise<string> => readFile(path, 'utf8')

/** Puts something new in a path's place in one rename, unless it is there already. */
async function replace(
  path: string,
  wanted: string,
  read: (path: string) => Promise<string>,
  make: (path: string) => Promise<void>,
): Promise<void> {
  if ((await read(path).catch(() => undefined)) === wanted) return
  const temporary = `${path}.${randomBytes(6).toString('hex')}`
  await make(temporary)
  await rename(temporary, path)
}
