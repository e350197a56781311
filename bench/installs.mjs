// Installing the newest Go from a loopback module proxy, verified, by gonative and by the go command's own switch; and
// what only unpacks: unzip of the same zip, tar of the same tree. Every time into an empty directory.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { cache, environment, olderVersion, store } from './home.mjs'
import { interleave } from './measure.mjs'
import { ask } from './peers/program.mjs'
import { compare, median } from './statistics.mjs'
import { onPath } from '../scripts/runners.mjs'
import { root, version } from './store.mjs'
import { switching } from './switch.mjs'

/**
 * @param {{rounds?: number, proxy: string, kept: (path: string) => string}} given the proxy's address, and where it keeps
 *   the answer to a path
 * @returns rows in milliseconds, the peak resident memory of gonative in MB (10^6 bytes), and what could not be had
 */
export function measureInstalls({ rounds = 5, proxy, kept }) {
  const fresh = join(cache, 'fresh')
  const users = join(cache, 'users')
  const memory = { file: join(cache, 'memory'), peaks: [] }
  const ways = [gonative(fresh, users, proxy, memory), goSwitch(fresh, users, proxy)]
  const missing = []
  for (const [peer, way] of Object.entries({ unzip: () => unzip(fresh, users, kept), tar: () => tar(fresh, users) })) {
    if (onPath(peer)) ways.push(way())
    else missing.push({ peer, why: `there is no ${peer} on PATH` })
  }
  const aside = join(cache, 'aside')
  for (const each of [fresh, aside]) rmSync(each, { recursive: true, force: true })
  mkdirSync(aside, { recursive: true })
  const all = ways.map((way) => emptied(way, fresh, aside))
  const rows = compare(all, interleave(all, { rounds, warm: 1 }))
  for (const each of [fresh, aside]) rmSync(each, { recursive: true, force: true })
  const peaks = memory.peaks.slice(-rounds).map((kib) => Math.round((kib * 1024) / 1e6))
  return { rounds, rows, memory: { median: median(peaks), most: Math.max(...peaks) }, missing }
}

/**
 * An empty directory before, and what was written before it on the disk, so that nobody pays for another's. What was
 * there is put aside until the end: ext4 looks for inodes that were not just deleted, one by one, and after the
 * deletion of a whole Go that is most of an install's time (recently_deleted in fs/ext4/ialloc.c).
 */
function emptied(way, fresh, aside) {
  const before = () => {
    if (existsSync(fresh)) renameSync(fresh, join(aside, `${readdirSync(aside).length}`))
    mkdirSync(fresh, { recursive: true })
    spawnSync('sync')
  }
  return { ...way, cwd: cache, before }
}

/** By the launcher, as it is run once it is set up. */
function gonative(fresh, users, proxy, memory) {
  const preload = `--import=${new URL('memory.mjs', import.meta.url).href}`
  const { shims } = store('one')
  return {
    id: 'gonative',
    name: 'gonative install, verified',
    command: [join(shims, 'gonative'), 'install', version, '--bare'],
    env: environment(users, [], {
      GONATIVE_HOME: fresh,
      GOPROXY: proxy,
      GONATIVE_BENCH_MEMORY: memory.file,
      NODE_OPTIONS: preload,
    }),
    says: /installed go .* from goproxy, verified by sumdb/,
    after: () => memory.peaks.push(Number(readFileSync(memory.file, 'utf8'))),
  }
}

function goSwitch(fresh, users, proxy) {
  const { goroot } = store('older', olderVersion)
  return {
    id: 'switch',
    name: "go's own switch, verified",
    base: 'gonative',
    command: [join(goroot, 'bin', 'go'), 'version'],
    env: switching(users, fresh, proxy),
    says: new RegExp(`^go version go${version.replaceAll('.', '\\.')} `),
  }
}

function unzip(fresh, users, kept) {
  const zip = kept(`/golang.org/toolchain/@v/v0.0.1-go${version}.${goHost()}.zip`)
  return {
    id: 'unzip',
    name: 'unzip of the same zip',
    base: 'gonative',
    command: ['unzip', '-q', zip, '-d', fresh],
    env: environment(users),
  }
}

function tar(fresh, users) {
  const { goroot } = store('one')
  const archive = join(cache, `go${version}.tar.gz`)
  if (!existsSync(archive)) {
    ask(['tar', 'czf', `${archive}.part`, '-C', dirname(goroot), basename(goroot)], process.env, cache)
    renameSync(`${archive}.part`, archive)
  }
  const command = ['tar', 'xzf', archive, '-C', fresh]
  return { id: 'tar', name: 'tar xzf of the same tree', base: 'gonative', command, env: environment(users) }
}

/** As Go names this machine in a toolchain's version. */
function goHost() {
  return `${process.platform}-${{ x64: 'amd64', ia32: '386' }[process.arch] ?? process.arch}`
}
