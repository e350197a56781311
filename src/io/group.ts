/**
 * Runs a program that starts others and takes minutes, as make.bash does: in a process group of its own, so that all of it
 * ends with us, however we end.
 */
import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'

export interface GroupOptions {
  /** The whole environment: nothing of ours is added. */
  env: Readonly<Record<string, string>>
  cwd: string
  /** The file that gets all it says. */
  log: string
  /** Is told of each line that it says. */
  heard?: (line: string) => void
}

/** How a group ended: its exit code; -1 with a reason when it could not be started, or a signal ended it. */
export interface GroupEnd {
  code: number
  reason: string
}

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * The group's leader waits for the program, and for the end of a pipe whose other end is ours: that comes when we are
 * killed as well, by whatever signal, and then it kills its group. Without it make.bash would go on for minutes.
 */
const leader = '{ read -r _ <&3; kill -9 0; } 2>/dev/null & w=$!; "$@" 3<&-; c=$?; kill -9 $w; exit $c'

/**
 * Runs `command` to its end. A signal that would end us ends the group first, and then us.
 * Windows has no process groups: there the program alone is ended.
 */
export async function runGroup(
  command: string,
  args: string[],
  { env, cwd, log, heard }: GroupOptions,
): Promise<GroupEnd> {
  const posix = process.platform !== 'win32'
  const file = createWriteStream(log)
  const child = posix
    ? spawn('/bin/sh', ['-c', leader, 'sh', command, ...args], {
        env,
        cwd,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      })
    : spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
  const kill = (): void => {
    if (posix && child.pid !== undefined) tryKill(-child.pid)
    else child.kill('SIGKILL')
  }
  const end = (signal: NodeJS.Signals): void => {
    kill()
    for (const each of forwarded) process.off(each, end)
    process.kill(process.pid, signal)
  }
  for (const signal of forwarded) process.on(signal, end)
  try {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      stream.pipe(file, { end: false })
      if (heard) createInterface({ input: stream }).on('line', heard)
    }
    return await new Promise<GroupEnd>((resolve, reject) => {
      file.once('error', reject)
      child.once('error', (error) => resolve({ code: -1, reason: error.message }))
      child.once('close', (code, signal) => resolve({ code: code ?? -1, reason: signal ?? `exit ${code ?? -1}` }))
    })
  } finally {
    kill()
    for (const signal of forwarded) process.off(signal, end)
    file.end()
    await finished(file).catch(() => undefined) // a full disk was reported above
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}
