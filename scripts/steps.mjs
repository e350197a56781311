// What the repository's commands share: running a step, finding programs, and what they need of the system.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { missingPackages, onPath } from './runners.mjs'

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

/** Dependencies as the lock file has them, and the build. */
export function setUp() {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) must('npm', ['ci', '--loglevel=error'])
  must('npx', ['tsc', '-b'])
  const env = { ...process.env, OCLIF_SKIP_NEW_VERSION_CHECK: 'true' }
  must('npx', ['oclif', 'manifest'], { stdio: ['ignore', 'ignore', 'inherit'], env })
}

/** Installs what running programs for other machines takes. */
export function emulators() {
  if (process.platform === 'linux') installPackages(missingPackages())
}

/**
 * Installs Debian's packages where that is ours to do (root, with apt-get), else says how. Never fails: what can't be
 * run is then skipped with its reason.
 */
export function installPackages(packages) {
  if (packages.length === 0) return
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.log(`installing ${packages.join(' ')}`)
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    run('apt-get', ['update', '-qq'], quiet)
    if (run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet)) return
  }
  console.log(`To run what is built for other machines: sudo apt-get install ${packages.join(' ')}`)
}
