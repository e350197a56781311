/** A store with toolchains whose go prints its version, arguments and environment, in a place with a difficult name. */
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { writeAliases } from '../../../src/launch/aliases.js'
import { writeShims } from '../../../src/launch/shims.js'
import { Layout } from '../../../src/store/layout.js'

/** The host that the shims are written for, whatever the machine is. */
export const host = { os: 'linux', arch: 'amd64' }

export async function difficultDirectory(): Promise<string> {
  const directory = join(await mkdtemp(join(tmpdir(), 'gonative-')), `it's "a" $HOME \`x\` \\ ü`)
  await mkdir(directory)
  return directory
}

export async function put(file: string, text: string, mode = 0o644): Promise<string> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
  await chmod(file, mode)
  return file
}

export async function fakeStore(directory: string, installed: string[], byDefault?: string): Promise<Layout> {
  const layout = new Layout(join(directory, 'store'))
  for (const version of installed) await fakeGo(layout, version)
  await writeShims(layout, { node: process.execPath, entry: '/nowhere' }, host)
  await writeAliases(layout, installed)
  if (byDefault !== undefined) await put(join(layout.home, 'env', 'default'), `${byDefault}\n`)
  return layout
}

async function fakeGo(layout: Layout, version: string): Promise<void> {
  const release = { tool: 'go', version }
  for (const name of ['go', 'gofmt']) {
    const text = `#!/bin/sh\necho "version=${version} ${name}"\nfor a in "$@"; do printf 'argument=%s\\n' "$a"; done\nexec /usr/bin/env\n`
    await put(join(layout.toolchain(release), 'bin', name), text, 0o755)
  }
  await put(layout.receipt(release), '{}')
}

export interface Ran {
  code: number
  stdout: string
  stderr: string
}

/** Runs a program to its end, or for so long that it has none (a shim that starts itself); the environment is only what is given. */
export async function run(
  command: string[],
  options: { cwd: string; env: Record<string, string | undefined> },
): Promise<Ran> {
  const [file = '', ...args] = command
  const env = Object.fromEntries(Object.entries(options.env).filter(([, value]) => value !== undefined))
  return new Promise((resolve) => {
    execFile(file, args, { ...options, env, timeout: 10_000 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr })
    })
  })
}

/** What `env` printed, as a record. */
export function environmentOf(stdout: string): Record<string, string> {
  const pairs = stdout.split('\n').map((line) => /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line))
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', pair[2] ?? ''] as const] : [])))
}

/** The shells of this machine that can run a shim, each as the start of a command. */
export async function shellsHere(): Promise<string[][]> {
  const known = [['dash'], ['bash'], ['busybox', 'sh'], ['mksh'], ['dash', '-eu'], ['bash', '-eu']]
  const there = await Promise.all(
    known.map((shell) => run([...shell, '-c', 'exit 0'], { cwd: '/', env: { PATH: process.env.PATH } })),
  )
  return known.filter((_, index) => there[index]?.code === 0)
}
