// Starts the loopback proxy of proxy.mjs in a process of its own, since what is timed is waited for without looking up.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, normalize } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './store.mjs'

/** @returns its address, where it keeps the answer to a path, and what ends it */
export async function startProxy(directory, go) {
  const command = [join(root, 'bench', 'proxy.mjs'), directory, go]
  const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the loopback proxy ended with ${code}`)
  })
  ended.catch(() => {})
  const [proxy] = await Promise.race([once(createInterface(child.stdout), 'line'), ended])
  return { proxy, kept: (path) => join(directory, normalize(path), '@answer'), stop: () => child.kill() }
}
