// A GONATIVE_HOME for the matrix alone, in .cache, so that a run sees what a new user would and changes nothing of theirs.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from '../steps.mjs'

/** `GONATIVE_MATRIX` moves what a run keeps: the toolchain, caches and the results so far. */
export const directory = process.env.GONATIVE_MATRIX ?? join(root, '.cache', 'matrix')
const home = join(directory, 'home')

/** What a user has who has set nothing for Go but where modules come from. */
export function environment() {
  const env = { ...process.env }
  const names = [
    'GOOS',
    'GOARCH',
    'GOARM',
    'GOAMD64',
    'GOMIPS',
    'GOMIPS64',
    'CC',
    'CXX',
    'AR',
    'CGO_ENABLED',
    'GOFLAGS',
  ]
  for (const name of [...names, 'GONATIVE_GO', 'GONATIVE_SET', 'GOWORK']) delete env[name]
  return {
    ...env,
    GONATIVE_HOME: home,
    GONATIVE_DOWNLOADS: process.env.GONATIVE_DOWNLOADS ?? join(root, '.cache', 'downloads'),
    GOCACHE: join(directory, 'gocache'),
    GOFLAGS: '-mod=readonly',
    PATH: `${join(home, 'shims')}${delimiter}${process.env.PATH}`,
  }
}

/**
 * Runs gonative, which answers in JSON.
 * @throws Error with gonative's own `code` and message
 */
export function gonative(...args) {
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'run.js'), ...args, '--json'], {
    env: environment(),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  let answer
  try {
    answer = JSON.parse(stdout)
  } catch {
    throw new Error(`gonative ${args.join(' ')}: ${stderr}${stdout}`)
  }
  if (answer.error) throw Object.assign(new Error(answer.error.message), { code: answer.error.code })
  return answer
}

/** Installs Go with every target, and says which Go and which targets there are. */
export function install(version) {
  mkdirSync(directory, { recursive: true })
  gonative('install', version)
  const go = execFileSync('go', ['env', 'GOVERSION'], {
    env: { ...environment(), GONATIVE_GO: version },
    encoding: 'utf8',
  })
  return {
    go: go.trim().replace(/^go/, ''),
    targets: gonative('targets', '--grafted', '--go', version),
  }
}
