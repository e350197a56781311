/** Runs the built program as a user does: a process of its own, with a store and a HOME of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const entry = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

export interface Ran {
  code: number
  stdout: string
  stderr: string
}

export interface Started {
  child: ChildProcess
  done: Promise<Ran>
}

export interface User {
  /** GONATIVE_HOME. */
  home: string
  env: Record<string, string>
  cwd: string
  /** `gonative …`, to its end. */
  gonative(...args: string[]): Promise<Ran>
  /** `gonative …`, while it runs. */
  start(...args: string[]): Started
  /** Any program, with the shims first on PATH. */
  run(command: string, args: string[], extra?: Record<string, string>, cwd?: string): Promise<Ran>
}

/**
 * A user whose everything is under `directory`: nothing of this machine's configuration of Go is seen.
 * @param env added to the little that is kept of this process's environment
 */
export async function user(directory: string, env: Record<string, string> = {}): Promise<User> {
  const home = join(directory, 'store')
  const cwd = join(directory, 'work')
  await mkdir(cwd, { recursive: true })
  await mkdir(join(directory, 'home'), { recursive: true })
  const kept = ['PATH', 'LANG', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'PIP_CERT', 'HTTPS_PROXY', 'NO_PROXY', 'TMPDIR']
  const base = Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  const all: Record<string, string> = { ...base, HOME: join(directory, 'home'), GONATIVE_HOME: home, ...env }
  const shimmed = { ...all, PATH: `${join(home, 'shims')}:${all.PATH ?? ''}` }
  const start = (...args: string[]): Started => launch(process.execPath, [entry, ...args], all, cwd)
  return {
    home,
    cwd,
    env: all,
    start,
    gonative: (...args) => start(...args).done,
    run: (command, args, extra, where) => launch(command, args, { ...shimmed, ...extra }, where ?? cwd).done,
  }
}

function launch(command: string, args: string[], env: Record<string, string>, cwd: string): Started {
  const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const done = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? -1, stdout, stderr }))
  })
  return { child, done }
}
