/**
 * Builds compilers with the distribution's own build program, cmd/dist: `dist install` makes one directory at a time, so
 * that nothing of the standard library is built. It writes into its tree, which is a copy of the source that it needs.
 */
import { chmod, cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import type { Context, Toolchain } from 'gonative/contract'
import { libraries, source, toolsOf } from './machines.js'

export interface Build {
  toolchain: Toolchain
  /** An empty directory for the copy and all that is written. */
  work: string
  /** The C compiler and its first arguments. */
  command: string[]
  /** The directory of the zig that is in the command, if one is. */
  zig?: string | undefined
  letter: string
}

/** Milliseconds for one directory: a minute on a machine that has much else to do, and zig's C library at first. */
const patience = 15 * 60_000

/**
 * Builds a machine's compilers.
 * @returns the directory that they are in, or the end of what the C compiler said
 */
export async function buildCompilers(
  { toolchain, work, command, zig, letter }: Build,
  context: Context,
): Promise<{ directory: string } | { failed: string }> {
  const { env, host } = context
  const root = join(work, 'goroot')
  await copySource(toolchain.path, root)
  const tools = join(root, 'pkg', 'tool', `${host.os}_${host.arch}`)
  for (const directory of [tools, join(root, 'pkg', 'obj', `${host.os}_${host.arch}`), join(work, 'tmp')]) {
    await mkdir(directory, { recursive: true })
  }
  const path = zig === undefined ? (env.PATH ?? '') : await withZig(zig, join(work, 'bin'), env.PATH)
  const own = {
    PATH: path,
    TMPDIR: join(work, 'tmp'),
    GOROOT: root,
    GOHOSTARCH: host.arch,
    ZIG_GLOBAL_CACHE_DIR: env.ZIG_GLOBAL_CACHE_DIR ?? join(work, 'zig'),
    CC: command.join(' '),
    ...Object.fromEntries(unset.map((name) => [name, ''])),
  }
  const dist = join(work, host.os === 'windows' ? 'dist.exe' : 'dist')
  const ours = join(root, 'src', 'cmd', 'dist')
  const files = (await readdir(ours)).filter((name) => name.endsWith('.c')).sort()
  const final = host.os === 'windows' ? 'c:\\\\go' : '/usr/local/go'
  const [compiler = '', ...first] = command
  const steps = [
    [
      compiler,
      ...first,
      '-O2',
      '-o',
      dist,
      '-I',
      ours,
      `-DGOROOT_FINAL="${final}"`,
      ...files.map((name) => join(ours, name)),
    ],
    ...(await here(libraries, root)).map((name) => [dist, 'install', name]),
    ...toolsOf(letter).map((name) => [dist, 'install', `cmd/${name}`]),
  ]
  for (const [program = '', ...args] of steps) {
    const ran = await context.run(program, args, { env: own, time: patience })
    if (ran.code !== 0) return { failed: `${args.at(-1) ?? ''}: ${complaint(ran.stderr)}` }
  }
  return { directory: tools }
}

/** What decides in cmd/dist and in C compilers, and the user has set for something else. Empty is not set. */
const unset = ['GOOS', 'GOARCH', 'GOBIN', 'GOARM', 'GO386', 'GOEXPERIMENT', 'GO_EXTLINK_ENABLED', 'CFLAGS', 'LDFLAGS']

async function copySource(from: string, to: string): Promise<void> {
  for (const path of await here(source.whole, from, '')) {
    await mkdir(dirname(join(to, path)), { recursive: true })
    await cp(join(from, path), join(to, path), { recursive: true })
  }
  for (const path of await here(source.headers, from, '')) {
    await mkdir(join(to, path), { recursive: true })
    const headers = (await readdir(join(from, path))).filter((name) => name.endsWith('.h'))
    for (const name of headers) await cp(join(from, path, name), join(to, path, name))
  }
}

/** Those of some paths that are there, below `src` of a root by default. */
async function here(paths: string[], root: string, below = 'src'): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const names = await readdir(dirname(join(root, below, path))).catch((): string[] => [])
      return names.includes(path.slice(path.lastIndexOf('/') + 1))
    }),
  )
  return paths.filter((_, at) => found[at])
}

/** A PATH that starts with zig under a name without spaces, and with its `ar`, as cmd/dist calls it. */
async function withZig(zig: string, bin: string, path = ''): Promise<string> {
  await mkdir(bin)
  await symlink(join(zig, 'zig'), join(bin, 'zig'))
  await writeFile(join(bin, 'ar'), '#!/bin/sh\nexec zig ar "$@"\n')
  await chmod(join(bin, 'ar'), 0o755)
  return `${bin}${delimiter}${path}`
}

/** The first errors that a C compiler has told, or what was said last. */
function complaint(text: string): string {
  const lines = text.trim().split('\n')
  const errors = lines.filter((line) => /\berror\b/i.test(line))
  return (errors.length === 0 ? lines.slice(-3) : errors.slice(0, 3)).join('\n')
}
