// What is measured: stores with real toolchains, projects, and an environment in which nothing of the user's counts.
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { ownHome } from '../scripts/own-home.mjs'
import { root, version } from './store.mjs'

/** `GONATIVE_BENCH` moves what is kept between runs: toolchains, peers, what the loopback proxy has fetched. */
export const cache = resolve(process.env.GONATIVE_BENCH ?? join(root, '.cache', 'bench'))

/** A Go that has toolchain switching and is not the newest. */
export const olderVersion = '1.22.12'

const system = [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin']

/** All the environment of what is timed: a home of its own, and these directories before the system's on PATH. */
export function environment(home, directories = [], more = {}) {
  mkdirSync(home, { recursive: true })
  return { HOME: home, LANG: 'C.UTF-8', PATH: [...directories, ...system].join(delimiter), ...more }
}

/**
 * A store with one Go and shims as this gonative writes them.
 * @returns {{home: string, shims: string, goroot: string}}
 */
export function store(name, wanted = version) {
  const own = ownHome(join(cache, name))
  const home = join(cache, name, 'home')
  if (!existsSync(join(home, 'toolchains', `go${wanted}.receipt.json`))) own.gonative('install', wanted, '--bare')
  own.gonative('use', wanted)
  return { home, shims: join(home, 'shims'), goroot: join(home, 'toolchains', `go${wanted}`) }
}

/**
 * A store with twenty versions, five of each of four lines. All are the one of `store` by hard links, so that its program
 * is as warm in the machine's caches as there: real trees with receipts and manifests of their own.
 */
export function storeOfTwenty() {
  const { goroot } = store('one')
  const receipt = JSON.parse(readFileSync(`${goroot}.receipt.json`, 'utf8'))
  const minor = Number(version.split('.')[1])
  for (const back of [0, 1, 2, 3]) {
    for (const patch of [0, 1, 2, 3, 4]) {
      const each = `1.${minor - back}.${patch}`
      const linked = join(cache, 'twenty', 'home', 'toolchains', `go${each}`)
      if (existsSync(`${linked}.receipt.json`)) continue
      linkTree(goroot, linked)
      linkTree(`${goroot}.files`, `${linked}.files`)
      writeFileSync(`${linked}.receipt.json`, JSON.stringify({ ...receipt, version: each }, null, 2))
    }
  }
  return store('twenty')
}

/** Copies a directory or a file by hard links, unless it is there; what was broken off is not. */
export function linkTree(from, to) {
  if (existsSync(to)) return
  rmSync(`${to}.part`, { recursive: true, force: true })
  mkdirSync(dirname(to), { recursive: true })
  linkAll(from, `${to}.part`)
  renameSync(`${to}.part`, to)
}

function linkAll(from, to) {
  if (!lstatSync(from).isDirectory()) return linkSync(from, to)
  mkdirSync(to)
  for (const each of readdirSync(from)) linkAll(join(from, each), join(to, each))
}

/**
 * Two projects, one that only go.mod speaks for and one with the files of all managers, and in each a directory twenty
 * levels down.
 */
export function projects() {
  const make = (name, files) => {
    const top = join(cache, 'projects', name)
    const deep = join(top, ...Array.from({ length: 20 }, (_, n) => `level-${n + 1}`))
    mkdirSync(deep, { recursive: true })
    for (const [file, text] of Object.entries(files)) writeFileSync(join(top, file), text)
    return { top, deep }
  }
  const module = `module example.com/bench\n\ngo ${version.split('.').slice(0, 2).join('.')}\n`
  const pins = { '.go-version': `${version}\n`, '.tool-versions': `golang ${version}\n` }
  return { module: make('module', { 'go.mod': module }), pinned: make('pinned', { 'go.mod': module, ...pins }) }
}
