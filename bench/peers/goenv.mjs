// goenv, by its shim: version 2, in bash, and version 3, in Go, as GONATIVE_BENCH_GOENV names them, or the one on PATH.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cache, environment, linkTree } from '../home.mjs'
import { version as go } from '../store.mjs'
import { located } from './located.mjs'
import { ask } from './program.mjs'

/** @returns {(() => object)[]} what sets each of them up, or throws why it can't be had */
export function goenvs(goroot, cwd) {
  return located('goenv', 'GONATIVE_BENCH_GOENV').map((find) => () => setUp(find(), goroot, cwd))
}

/** From the checkout: `goenv --version` of version 2 looks for that file in a directory that has to be called goenv. */
function versionOf(program, cwd) {
  const file = [dirname(program), dirname(dirname(program))].map((each) => join(each, 'APP_VERSION')).find(existsSync)
  if (file) return readFileSync(file, 'utf8').trim()
  return ask([program, '--version'], environment(join(cache, 'goenv')), cwd).replace(/^goenv /, '')
}

function setUp(program, goroot, cwd) {
  const version = versionOf(program, cwd)
  const name = `goenv ${version.split('.')[0]}`
  const id = name.replace(' ', '-')
  const home = join(cache, id)
  const GOENV_ROOT = join(home, '.goenv')
  const shims = join(GOENV_ROOT, 'shims')
  const env = environment(home, [shims, dirname(program)], { GOENV_ROOT })
  const installed = join(GOENV_ROOT, 'versions', go)
  linkTree(goroot, installed)
  ask([program, 'rehash'], env, cwd)
  return { name, version, ways: [{ id, name: `${name}, its shim`, command: [join(shims, 'go'), 'version'], env }] }
}
