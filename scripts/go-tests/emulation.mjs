// How the tests of a foreign target are started: by the emulator, with the programs that they start themselves.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onPath, runnerFor } from '../runners.mjs'
import { installPackages } from '../steps.mjs'

const foreign = fileURLToPath(new URL('foreign-programs.sh', import.meta.url))

/** @param {boolean} starts whether the tests start programs @returns {{exec: string[], how: string} | {missing: string}} for `go test -exec`; none to run natively */
export function execFor(target, starts) {
  const runner = runnerFor(target.env.GOARCH)
  if (runner.missing) return runner
  if (runner.command.length === 0) return { exec: [], how: runner.how }
  if (target.packaged && !existsSync(target.packaged.file)) installPackages([target.packaged.package])
  const plain = { exec: ['-exec', runner.command.join(' ')], how: runner.how }
  if (!starts) return plain
  const [emulator, libraries] = [runner.command[0], runner.command.at(-1)]
  const namespaces = ['sh', foreign, ...target.elf, onPath(emulator), libraries]
  if (spawnSync(namespaces[0], [...namespaces.slice(1), 'true']).status === 0) {
    return { exec: ['-exec', namespaces.map((text) => `'${text}'`).join(' ')], how: `${emulator}, binfmt_misc` }
  }
  console.log('no namespaces for binfmt_misc here (Linux 6.7, unshare): tests that start programs themselves will fail')
  return plain
}

/**
 * The graft's compilers as programs of one word, since the tests that call them take CC for that. @param {string}
 * directory where they may be @param {(name: string) => string} value of CC, CXX and AR
 */
export function oneWordCompilers(directory, value) {
  mkdirSync(directory, { recursive: true })
  return Object.fromEntries(
    ['CC', 'CXX', 'AR'].map((name) => {
      const path = join(directory, name.toLowerCase())
      writeFileSync(path, `#!/bin/sh\nexec ${value(name)} "$@"\n`, { mode: 0o755 })
      return [name, path]
    }),
  )
}
