// mise, by its shim and by `mise x`. Its npm package has one package a host with the program in it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cache, environment, linkTree } from '../home.mjs'
import { version as go } from '../store.mjs'
import { ask } from './program.mjs'

const release = '2026.9.15'

export function mise(goroot, cwd) {
  const directory = join(cache, 'mise')
  const name = `@jdxcode/mise-${process.platform}-${process.arch}`
  const bin = join(directory, 'node_modules', name, 'bin')
  if (!existsSync(join(bin, 'mise'))) {
    const quiet = ['--no-audit', '--no-fund', '--no-save', '--loglevel=error']
    ask(['npm', 'install', ...quiet, '--prefix', directory, `${name}@${release}`], process.env, cache)
  }
  const home = join(directory, 'home')
  const data = join(home, '.local', 'share', 'mise')
  const env = environment(home, [join(data, 'shims'), bin])
  const installed = join(data, 'installs', 'go', go)
  linkTree(goroot, installed)
  ask([join(bin, 'mise'), 'reshim'], env, cwd)
  const without = environment(home, [bin])
  return {
    version: ask([join(bin, 'mise'), '--version'], env, cwd).split(' ')[0],
    ways: [
      { id: 'mise', name: 'mise, its shim', command: [join(data, 'shims', 'go'), 'version'], env },
      { id: 'mise-x', name: 'mise x', command: [join(bin, 'mise'), 'x', '--', 'go', 'version'], env: without },
    ],
  }
}
