// A store for measuring: of its own, with the machine's kept downloads where GONATIVE_DOWNLOADS names them.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const version = '1.27.4'

/** A store in `home`, with Go installed for these targets. Needs the built program. */
export function measuredStore(home, targets) {
  mkdirSync(home, { recursive: true })
  const shims = join(home, 'shims')
  const env = {
    ...process.env,
    GONATIVE_HOME: home,
    GONATIVE_DOWNLOADS: process.env.GONATIVE_DOWNLOADS ?? join(root, '.cache', 'downloads'),
    GONATIVE_GO: version,
    GOENV: 'off',
    GOFLAGS: '',
    PATH: [shims, process.env.PATH].join(delimiter),
  }
  for (const name of ['CC', 'CXX', 'GOROOT', 'ZIG_GLOBAL_CACHE_DIR', 'ZIG_LOCAL_CACHE_DIR']) delete env[name]
  const run = (command, args, extra = {}, cwd = home) => {
    const ran = spawnSync(command, args, { cwd, env: { ...env, ...extra }, encoding: 'utf8', maxBuffer: 2 ** 28 })
    if (ran.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${ran.stderr || ran.error}`)
    return ran.stdout
  }
  const gonative = (args, extra) => run(process.execPath, [join(root, 'bin/run.js'), ...args], extra)
  gonative(['install', version, '--targets', targets.join(',')])
  return { home, env, run, gonative, go: join(shims, 'go'), compilerOf: (target) => compilerOf(home, target) }
}

/** What a user would give plain zig for a target: the zig and the triple that its graft uses. */
function compilerOf(home, target) {
  const receipt = JSON.parse(readFileSync(join(home, 'toolchains', `go${version}.receipt.json`), 'utf8'))
  const graft = receipt.grafts.find((each) => each.target === target)
  const script = readFileSync(join(home, 'grafts', graft.id, 'cc.sh'), 'utf8')
  const [, zig] = /compilers\/(zig-[\d.]+)\/zig/.exec(script)
  return { zig: join(home, 'compilers', zig, 'zig'), triple: graft.id.replace(/^zig-(.*)-[0-9a-f]{8}$/, '$1') }
}

/** Seconds that `work` takes. */
export function seconds(work) {
  const since = performance.now()
  work()
  return (performance.now() - since) / 1000
}

export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
}
