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
  const wrappers = Object.entries({ cc: 'CC', 'c++': 'CXX', ar: 'AR' }).map(
    ([tool, variable]) =>
      [`gonative-${tool}`, compiler.replaceAll('@tool@', tool).replaceAll('@variable@', variable)] as const,
  )
  const shims = [
    ['go', go] as const,
    ['gofmt', go] as const,
    ['gonative', gonativeShim(layout.home, gonative)] as const,
    ...wrappers,
  ]
  await Promise.all(shims.map(([name, text]) => writeProgram(join(layout.shims, name), text)))
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
