// Running one program with its output kept, at low priority, with an end to it.
import { spawn } from 'node:child_process'

/**
 * @param {string[]} command
 * @param {{cwd?: string, env?: Record<string, string>, minutes?: number}} options
 * @returns {Promise<{ok: boolean, output: string}>} standard output and error as they came
 */
export function command([program, ...args], { cwd, env, minutes = 15 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, timeout: minutes * 60_000, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output += text))
    }
    child.on('error', (error) => resolve({ ok: false, output: `${program}: ${error.message}` }))
    child.on('close', (code, signal) => {
      if (signal) output += `\nended by ${signal}`
      resolve({ ok: code === 0, output })
    })
  })
}
