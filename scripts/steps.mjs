// What the repository's commands share: running a step, finding programs, and what they need of the system.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a program with our streams. @returns whether it succeeded. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (error) console.error(`${command}: ${error.message}`)
  return status === 0
}

/** Like run, but the end when it fails. */
export function must(command, args, options) {
  if (!run(command, args, options)) {
    console.error(`\nfailed: ${command} ${args.join(' ')}`)
    process.exit(1)
  }
}

/** Where a program is on PATH, if it is. */
export function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((directory) => join(directory, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

/** Dependencies as the lock file has them, and the build. */
export function setUp() {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) must('npm', ['ci'])
  must('npm', ['run', '--silent', 'build'])
}

/** Debian's packages for running what was built for other machines: emulators, and the C libraries they load. */
const packages = [
  { name: 'file', has: () => onPath('file') },
  { name: 'qemu-user', has: () => onPath('qemu-aarch64') },
  { name: 'libc6-arm64-cross', has: () => existsSync('/usr/aarch64-linux-gnu/lib') || process.arch === 'arm64' },
  { name: 'libc6-riscv64-cross', has: () => existsSync('/usr/riscv64-linux-gnu/lib') || process.arch === 'riscv64' },
  { name: 'libc6-i386-cross', has: () => existsSync('/usr/i686-linux-gnu/lib') },
  { name: 'libc6-amd64-cross', has: () => process.arch === 'x64' || existsSync('/usr/x86_64-linux-gnu/lib') },
]

/**
 * Installs what is missing where that is ours to do (root, with apt-get), else says how. Never fails: what can't be
 * run is then skipped with its reason.
 */
export function emulators() {
  if (process.platform !== 'linux') return
  const missing = packages.filter((each) => !each.has()).map((each) => each.name)
  if (missing.length === 0) return
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.log(`installing ${missing.join(' ')}`)
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    run('apt-get', ['update', '-qq'], quiet)
    if (run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet)) return
  }
  console.log(`To run what is built for other machines: sudo apt-get install ${missing.join(' ')}`)
}
