/** Runs an ordinary client (`go`, `npm`, `pip`) to ask it something: no shell, no terminal, not for long. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { RunResult } from '../contract/index.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Milliseconds, and bytes of each stream that are kept. */
const limits = { time: 60_000, output: 16 * 1024 * 1024 }

export interface RunOptions {
  env: Environment
  cwd?: string
  /** Milliseconds. */
  time?: number
  /** Is told of each line on standard error, as it comes. */
  heard?: (line: string) => void
}

/**
 * Runs a program and collects what it says. Never throws: `code` is -1 when it could not be started, was killed by a
 * signal, or took longer than `time` milliseconds, and `stderr` then says which.
 */
export async function run(
  command: string,
  args: string[],
  { env, cwd, time = limits.time, heard }: RunOptions,
): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    const stdout = collect(child.stdout)
    const stderr = collect(child.stderr)
    if (heard) createInterface({ input: child.stderr }).on('line', heard)
    const end = (code: number, word = ''): void => {
      clearTimeout(timer)
      // A grandchild may hold the pipes open for ever.
      child.stdout.destroy()
      child.stderr.destroy()
      resolve({ code, stdout: stdout(), stderr: stderr() + word })
    }
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      end(-1, `${command} did not finish in ${time / 1000} s`)
    }, time)
    child.on('error', (error) => end(-1, error.message))
    child.on('close', (code, signal) => end(code ?? -1, signal === null ? '' : `${command} was ended by ${signal}`))
  })
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= limits.output) chunks.push(chunk)
  })
  return () => Buffer.concat(chunks).toString('utf8')
}
