/** Writes the programs of `<home>/shims`: go and gofmt, the compiler wrappers, and gonative itself. All are POSIX sh. */
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { arch, platform } from 'node:process'
import { join } from 'node:path'
import type { Host } from '../contract/index.js'
import { hostOf } from '../io/host.js'
import type { Layout } from '../store/layout.js'
import { quoteSh } from './quote.js'

/** From src/launch and from dist/launch alike. */
const script = (name: string): URL => new URL(`../../src/launch/${name}`, import.meta.url)

/** The tools, and the variables that name them to the go command. */
const variables = { cc: 'CC', 'c++': 'CXX', ar: 'AR' }

/**
 * Makes the shims what they should be; those that are already are left alone. Each is replaced in one rename, so that
 * a build that is running sees the old or the new one.
 * @param gonative absolute paths of the Node and the entry that are gonative.
 */
export async function writeShims(
  layout: Layout,
  gonative: { node: string; entry: string },
  host: Host = hostOf(platform, arch),
): Promise<void> {
  await mkdir(layout.shims, { recursive: true })
  const go = (await readFile(script('go.sh'), 'utf8')).replace('@hostos@', host.os).replace('@hostarch@', host.arch)
  const compiler = await readFile(script('compiler.sh'), 'utf8')
  const wrappers = Object.entries(variables).map(
    ([tool, variable]) =>
      [`gonative-${tool}`, compiler.replaceAll('@tool@', tool).replaceAll('@variable@', variable)] as const,
  )
  const shims: (readonly [name: string, text: string])[] = [
    ['go', go],
    ['gofmt', go],
    ['gonative', gonativeShim(layout.home, gonative)],
    ...wrappers,
  ]
  if (host.os === 'windows') shims.push(...(await batchWrappers()))
  await Promise.all(shims.map(([name, text]) => writeProgram(join(layout.shims, name), text)))
}

/** The compiler wrappers for Windows, which starts them by their name through PATHEXT. Its line ends are CR LF. */
async function batchWrappers(): Promise<(readonly [string, string])[]> {
  const text = (await readFile(script('compiler.cmd'), 'utf8')).replace(/\r?\n/g, '\r\n')
  return Object.entries(variables).map(
    ([tool, variable]) =>
      [`gonative-${tool}.cmd`, text.replaceAll('@tool@', tool).replaceAll('@variable@', variable)] as const,
  )
}

/** Falls back to the Node on PATH: version managers remove the one that gonative was installed with. */
function gonativeShim(home: string, { node, entry }: { node: string; entry: string }): string {
  return `#!/bin/sh
# gonative, with the store that this shim is in.
[ -n "\${GONATIVE_HOME-}" ] || GONATIVE_HOME=${quoteSh(home)}
export GONATIVE_HOME
[ -x ${quoteSh(node)} ] || exec node ${quoteSh(entry)} "$@"
exec ${quoteSh(node)} ${quoteSh(entry)} "$@"
`
}

async function writeProgram(path: string, text: string): Promise<void> {
  const [before, status] = await Promise.all([
    readFile(path, 'utf8').catch(() => undefined),
    stat(path).catch(() => undefined),
  ])
  if (before === text && status && (status.mode & 0o777) === 0o755) return
  const temporary = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(temporary, text, { flag: 'wx' })
    await chmod(temporary, 0o755) // whatever the umask is
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
