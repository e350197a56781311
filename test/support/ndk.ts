/**
 * A tree in the layout of Android's NDK (r19 and later). No NDK can be had in tests: its compilers are scripts that write
 * down how they were called, and do what they are told to.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Writes one. @param levels the API levels that it has compilers for. */
export async function fakeNdk(
  directory: string,
  { revision = '27.2.12479018', levels = [21, 24, 35], tag = 'linux-x86_64', compiler = 'exit 0' } = {},
): Promise<string> {
  const bin = join(directory, 'toolchains/llvm/prebuilt', tag, 'bin')
  await mkdir(bin, { recursive: true })
  await writeFile(join(directory, 'source.properties'), `Pkg.Desc = Android NDK\nPkg.Revision = ${revision}\n`)
  const script = `#!/bin/sh\n[ -z "\${RECORD-}" ] || printf '%s\\0' "\${0##*/}" "$@" >>"$RECORD"\n${compiler}\n`
  const triples = ['aarch64-linux-android', 'armv7a-linux-androideabi', 'i686-linux-android', 'x86_64-linux-android']
  const names = triples.flatMap((triple) =>
    levels.flatMap((level) => [`${triple}${level}-clang`, `${triple}${level}-clang++`]),
  )
  for (const name of [...names, 'llvm-ar']) await writeFile(join(bin, name), script, { mode: 0o755 })
  return directory
}
