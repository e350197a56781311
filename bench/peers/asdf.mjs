// asdf, by its shim: the program that a checkout in GONATIVE_BENCH_ASDF has, or else PATH. A checkout of its plugin for Go
// (asdf-golang) may be named there too: that is asdf as people have it, and its scripts take most of the time. Without it,
// and beside it, there is a plugin that is empty: the least that asdf can cost.
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { cache, environment, linkTree } from '../home.mjs'
import { version as go } from '../store.mjs'
import { located } from './located.mjs'
import { ask } from './program.mjs'

export function asdf(goroot, cwd) {
  const given = (process.env.GONATIVE_BENCH_ASDF ?? '').split(delimiter)
  const plugin = given.find((each) => existsSync(join(each, 'bin', 'list-bin-paths')))
  const program = located('asdf', 'GONATIVE_BENCH_ASDF', (each) => each !== plugin)[0]()
  const empty = { id: 'asdf', name: 'asdf, its shim, an empty plugin' }
  const real = { id: 'asdf', name: 'asdf, its shim, its Go plugin', plugin }
  const set = plugin ? [{ ...empty, id: 'asdf-empty' }, real] : [empty]
  return {
    version: ask([program, '--version'], environment(join(cache, 'asdf')), cwd).replace(/^asdf version /, ''),
    ways: set.map((each) => setUp(program, { ...each, goroot, cwd })),
  }
}

function setUp(program, { id, name, plugin, goroot, cwd }) {
  const home = join(cache, plugin ? 'asdf-golang' : 'asdf')
  const data = join(home, '.asdf')
  const env = environment(home, [join(data, 'shims'), dirname(program)])
  const kept = join(data, 'plugins', 'golang')
  rmSync(kept, { recursive: true, force: true })
  mkdirSync(join(kept, 'bin'), { recursive: true })
  if (plugin) cpSync(plugin, kept, { recursive: true })
  const installed = join(data, 'installs', 'golang', go, plugin ? 'go' : '')
  linkTree(goroot, installed)
  ask([program, 'reshim', 'golang', go], env, cwd)
  return { id, name, command: [join(data, 'shims', 'go'), 'version'], env }
}
