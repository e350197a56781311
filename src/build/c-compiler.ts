/** The C compiler that Go up to 1.4 is built with, and that cgo takes by default. */
import { mkdir, writeFile } from 'node:fs/promises'
import { devNull } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { GonativeError } from '../errors.js'
import type { Session } from '../install/session.js'
import { isProgram } from '../store/linked.js'

export interface CCompiler {
  /** As CC has it: a program, with arguments perhaps. */
  command: string
  /** What it says that it is: the first line of --version. */
  name: string
}

/** The C compiler of the user's: CC, else the first of gcc, cc and clang on PATH. */
export async function findCCompiler({ io }: Pick<Session, 'io'>): Promise<CCompiler | undefined> {
  const chosen = io.env.CC?.trim()
  const command = chosen === undefined || chosen === '' ? await firstOnPath(['gcc', 'cc', 'clang'], io) : chosen
  if (command === undefined) return undefined
  const [program = '', ...args] = command.split(/\s+/)
  const { code, stdout } = await io.run(program, [...args, '--version'])
  return { command, name: code === 0 ? (stdout.split('\n')[0] ?? command) : command }
}

/** @throws GonativeError NO_C_COMPILER (exit 5) */
export async function needCCompiler(version: string, session: Session): Promise<CCompiler> {
  const found = await findCCompiler(session)
  if (found) return found
  throw new GonativeError('NO_C_COMPILER', `go ${version} is written in C, and there is no gcc, cc or clang on PATH`, {
    exit: 'missing',
    hint: 'Install one (apt-get install gcc libc6-dev, dnf install gcc, xcode-select --install), or name yours in CC.',
  })
}

/**
 * What make.bash of a release that is compiled from C needs to know. `-w`: it compiles with -Wall -Werror, and compilers of
 * today warn of what was fine in 2014. `-fcommon`: its headers define variables, which gcc 10 made an error
 * (gcc.gnu.org/gcc-10/porting_to.html). CC_FOR_TARGET is what the Go that is built takes for cgo.
 */
export async function environmentForC(compiler: CCompiler, session: Session): Promise<Record<string, string>> {
  return { CC: `${compiler.command} -w -fcommon`, CC_FOR_TARGET: await withOldHabits(compiler, session) }
}

/**
 * What cgo before Go 1.10 takes for granted, and compilers of today do only when told, where they know the words:
 * programs at a fixed address ("ld: -r and -pie may not be used together"), and no relocations that its own linker, older
 * than they are, cannot read ("unknown relocation type 42").
 */
async function withOldHabits({ command }: CCompiler, { io }: Session): Promise<string> {
  const [program = '', ...args] = command.split(/\s+/)
  let known = ''
  for (const flag of ['-no-pie', '-Wa,-mrelax-relocations=no']) {
    const tried = await io.run(program, [...args, flag, '-c', '-x', 'c', '-o', devNull, devNull])
    if (tried.code === 0) known += ` ${flag}`
  }
  return command + known
}

/**
 * The same for Go 1.5 to 1.9, whose cmd/dist takes the whole of CC for the name of one program: a script of that name, in
 * a directory that is to be the first on PATH. What it is built with by default is then the plain name, as published.
 * @returns the name
 */
export async function shadowWithOldHabits(compiler: CCompiler, directory: string, session: Session): Promise<string> {
  const name = basename(compiler.command.split(/\s+/)[0] ?? 'gcc')
  await mkdir(directory, { recursive: true })
  const script = `#!/bin/sh\nPATH=\${PATH#*:} exec ${await withOldHabits(compiler, session)} "$@"\n`
  await writeFile(join(directory, name), script, { mode: 0o755 })
  return name
}

async function firstOnPath(names: string[], { env, host }: Session['io']): Promise<string | undefined> {
  const directories = (env.PATH ?? env.Path ?? '').split(delimiter).filter((directory) => directory !== '')
  for (const name of names) {
    for (const directory of directories) {
      if (await isProgram(join(directory, host.os === 'windows' ? `${name}.exe` : name))) return name
    }
  }
  return undefined
}
