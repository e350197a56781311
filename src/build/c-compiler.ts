/** The C compiler that Go up to 1.4 is built with, and that cgo takes by default. */
import { delimiter, join } from 'node:path'
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
 * What make.bash of a release that is compiled from C needs to know.
 *
 * - `-w`: it compiles with -Wall -Werror, and compilers of today warn of what was fine in 2014.
 * - `-fcommon`: its headers define variables; gcc 10 made that an error (gcc.gnu.org/gcc-10/porting_to.html).
 * - CC_FOR_TARGET is what its own cgo takes by default. Where a compiler makes position independent programs unless told
 *   otherwise, cgo of that time needs `-no-pie`: "ld: -r and -pie may not be used together".
 */
export async function environmentForC({ command }: CCompiler, { io }: Session): Promise<Record<string, string>> {
  const [program = '', ...args] = command.split(/\s+/)
  const noPie = await io.run(program, [...args, '-no-pie', '-E', '-x', 'c', '/dev/null'])
  return {
    CC: `${command} -w -fcommon`,
    CC_FOR_TARGET: noPie.code === 0 ? `${command} -no-pie` : command,
  }
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
