/** The C compiler that the compilers are built with: the host's own where there is one, else zig. */
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Context, Host } from 'gonative/contract'

/** What the host has. */
export interface Found {
  /** Its name on PATH: `gcc`; undefined where there is none, or no `ar` beside it, with which cmd/dist makes libraries. */
  cc: string | undefined
}

/** The zigs that were seen to build them, best first. */
export const zigs = ['0.17.0', '0.16.0']

/** The first of gcc, clang and cc on PATH: the order of Go's own make.bash. The user's CC is for what they build, not for this. */
export async function findCompiler({ env, host }: Pick<Context, 'env' | 'host'>): Promise<Found> {
  const directories = (env.PATH ?? '').split(delimiter).filter((directory) => directory !== '')
  const has = async (name: string): Promise<boolean> => {
    const file = host.os === 'windows' ? `${name}.exe` : name
    const found = await Promise.all(directories.map((directory) => isProgram(join(directory, file))))
    return found.includes(true)
  }
  if (!(await has('ar'))) return { cc: undefined }
  for (const cc of ['gcc', 'clang', 'cc']) if (await has(cc)) return { cc }
  return { cc: undefined }
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/**
 * Today's compilers refuse by default what these sources take for granted, and Go 1.2's build has -Werror: -w. Without
 * this build's paths two builds are the same: those are in debug information, which -s leaves out, and in what assert says.
 */
const flags = ['-w', '-s', '-D__FILE__="go"']

/** zig stops programs at what C leaves undefined, and its C library for the host is made, not the system's. */
const zigFlags = ['-fno-sanitize=undefined']

/** A static program runs on every Linux. */
const triples: Readonly<Record<string, string>> = {
  'linux/386': 'x86-linux-musl',
  'linux/amd64': 'x86_64-linux-musl',
  'linux/arm': 'arm-linux-musleabi',
}

/** The command and its arguments, without spaces in any: cmd/dist splits CC at them. `zig` is to be on PATH. */
export function commandOf({ cc }: Found, { os, arch }: Host): string[] {
  if (cc !== undefined) return [cc, ...flags]
  const triple = triples[`${os}/${arch}`]
  return ['zig', 'cc', ...(triple === undefined ? [] : ['-target', triple]), ...zigFlags, ...flags]
}
