// asdf, by its shim: the program that GONATIVE_BENCH_ASDF's directory holds, or else PATH. It is given a plugin that has
// nothing to say, so that it runs no script of a plugin's: the least that asdf can cost.
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cache, environment, linkTree } from '../home.mjs'
import { version as go } from '../store.mjs'
import { located } from './located.mjs'
import { ask } from './program.mjs'

export function asdf(goroot, cwd) {
  const program = located('asdf', 'GONATIVE_BENCH_ASDF')[0]()
  const home = join(cache, 'asdf')
  const data = join(home, '.asdf')
  const env = environment(home, [join(data, 'shims'), dirname(program)])
  mkdirSync(join(data, 'plugins', 'golang', 'bin'), { recursive: true })
  const installed = join(data, 'installs', 'golang', go)
  if (!existsSync(installed)) linkTree(goroot, installed)
  ask([program, 'reshim', 'golang', go], env, cwd)
  return {
    version: ask([program, '--version'], env, cwd).replace(/^asdf version /, ''),
    ways: [{ id: 'asdf', name: 'asdf, its shim', command: [join(data, 'shims', 'go'), 'version'], env }],
  }
}
