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
  const blanks: Record<string, string> = {
    hostos: host.os,
    hostarch: host.arch,
    home: quoteSh(layout.home),
    node: quoteSh(gonative.node),
    entry: quoteSh(gonative.entry),
  }
  const go = await program('go.sh', blanks)
  const compiler = await text('compiler.sh')
  const wrappers = Object.entries(variables).map(
    ([tool, variable]) =>
      [`gonative-${tool}`, compiler.replaceAll('@tool@', tool).replaceAll('@variable@', variable)] as const,
  )
  const shims: (readonly [name: string, text: string])[] = [
    ['go', go],
    ['gofmt', go],
    ['gonative', await program('gonative.sh', blanks)],
    ...wrappers,
  ]
  if (host.os === 'windows') shims.push(...(await batchWrappers()))
  await Promise.all(shims.map(([name, text]) => writeProgram(join(layout.shims, name), text)))
}

/** The compiler wrappers for Windows, which starts them by their name through PATHEXT. Its line ends are CR LF. */
async function batchWrappers(): Promise<(readonly [string, string])[]> {
  const batch = (await text('compiler.cmd')).replace(/\r?\n/g, '\r\n')
  return Object.entries(variables).map(
    ([tool, variable]) =>
      [`gonative-${tool}.cmd`, batch.replaceAll('@tool@', tool).replaceAll('@variable@', variable)] as const,
  )
}

const text = (name: string): Promise<string> => readFile(script(name), 'utf8')

/**
 * A program with its blanks filled in: `@name@`, and `@part.sh@` for a part that several have in common. It is copied
 * into each, so that a shim is one file: quick to read, replaced in one rename, and whole wherever it is copied to.
 */
async function program(name: string, blanks: Readonly<Record<string, string>>): Promise<string> {
  const frame = await text(name)
  const parts = [...frame.matchAll(/^@([a-z-]+\.sh)@$/gm)].map(([, part = '']) => part)
  const texts = await Promise.all(parts.map(async (part) => [part, bare(await text(part))] as const))
  const all = { ...blanks, ...Object.fromEntries(texts) }
  return frame.replace(/@([a-z-]+(?:\.sh)?)@/g, (blank, key: string) => all[key] ?? blank)
}

/** Without its comments, which a shell would read at every build; those to the linter stay. */
function bare(part: string): string {
  return part.replace(/^[ \t]*#(?! shellcheck).*\n/gm, '').trim()
}

async function writeProgram(path: string, content: string): Promise<void> {
  const [before, status] = await Promise.all([
    readFile(path, 'utf8').catch(() => undefined),
    stat(path).catch(() => undefined),
  ])
  if (before === content && status && (status.mode & 0o777) === 0o755) return
  const temporary = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(temporary, content, { flag: 'wx' })
    await chmod(temporary, 0o755) // whatever the umask is
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
