// The C libraries that the matrix runs programs with, beyond those that every command of this repository installs.
import { onPath } from '../runners.mjs'
import { run } from '../steps.mjs'
import { missingLibraries } from './runner.mjs'

/** Installs what is missing where that is ours to do. Never fails: what can't be run then says why. */
export function installLibraries() {
  const missing = missingLibraries()
  if (process.platform !== 'linux' || missing.length === 0) return
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    console.log(`To run more of what is built: sudo apt-get install ${missing.join(' ')}`)
    return
  }
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet)
}
