/** Runs a program in our place: its standard streams are ours, its end is ours, and signals to us reach it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import { GonativeError } from '../errors.js'

/** The signals that a caller may send to make a program stop, reload or report. */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const

/**
 * @returns the exit code; for a child that a signal ended 128 + the signal's number, as shells have it.
 * @throws GonativeError COMMAND_NOT_FOUND (exit 5) or COMMAND_FAILED when it can't be started.
 */
export async function runChild(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  stdout: 'inherit' | 'stderr' = 'inherit',
): Promise<number> {
  let child: ChildProcess | undefined
  const forward = (signal: NodeJS.Signals): void => {
    // From the terminal, Ctrl-C goes to the whole group: the child has it already.
    if (signal === 'SIGINT' && process.stdin.isTTY) return
    child?.kill(signal)
  }
  // Before the child is there: it may be known to whoever sends signals before we get to the next line.
  for (const signal of forwarded) process.on(signal, forward)
  try {
    const started = spawn(command, args, { env, stdio: ['inherit', stdout === 'stderr' ? 2 : 'inherit', 'inherit'] })
    child = started
    return await new Promise<number>((resolve, reject) => {
      started.once('error', (error: NodeJS.ErrnoException) => reject(cannotStart(command, error)))
      started.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
    })
  } finally {
    for (const signal of forwarded) process.off(signal, forward)
  }
}

function cannotStart(command: string, error: NodeJS.ErrnoException): GonativeError {
  if (error.code === 'ENOENT') {
    return new GonativeError('COMMAND_NOT_FOUND', `${command}: no such program on PATH`, {
      exit: 'missing',
      cause: error,
    })
  }
  return new GonativeError('COMMAND_FAILED', `${command} could not be started: ${error.message}`, { cause: error })
}
