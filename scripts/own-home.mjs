// A GONATIVE_HOME for one of the repository's commands alone, so that a run sees what a new user would and changes
// nothing of theirs.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from './steps.mjs'

/** What would change a build, and is not the machine's. */
const users = ['GOOS', 'GOARCH', 'GOARM', 'GOAMD64', 'GOMIPS', 'GOMIPS64', 'CC', 'CXX', 'AR', 'CGO_ENABLED', 'GOWORK']

/**
 * @param {string} directory holds the home and Go's build cache
 * @returns {{directory: string, environment: () => Record<string, string>, gonative: (...args: string[]) => any,
 *   install: (version: string) => {go: string, targets: object[]}}}
 */
export function ownHome(directory) {
  const home = join(directory, 'home')

  /** What a user has who has set nothing for Go but where modules come from. */
  function environment() {
    const env = { ...process.env }
    for (const name of [...users, 'GONATIVE_GO', 'GONATIVE_SET']) delete env[name]
    return {
      ...env,
      GONATIVE_HOME: home,
      GONATIVE_DOWNLOADS: process.env.GONATIVE_DOWNLOADS ?? join(root, '.cache', 'downloads'),
      GOCACHE: join(directory, 'gocache'),
      GOFLAGS: '',
      PATH: `${join(home, 'shims')}${delimiter}${process.env.PATH}`,
    }
  }

  /** Runs gonative, which answers in JSON. @throws Error with gonative's own `code` and message */
  function gonative(...args) {
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

  /** Installs a Go with every target that it can have, and says which Go and which targets those are. */
  function install(version) {
    mkdirSync(directory, { recursive: true })
    gonative('install', version)
    const env = { ...environment(), GONATIVE_GO: version }
    const go = execFileSync('go', ['env', 'GOVERSION'], { env, encoding: 'utf8' })
    return { go: go.trim().replace(/^go/, ''), targets: gonative('targets', '--grafted', '--go', version) }
  }

  return { directory, environment, gonative, install }
}
