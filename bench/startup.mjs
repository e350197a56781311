// What gonative takes to start, over Node that does nothing: the entry by Node, and the launcher that an install writes.
import { join } from 'node:path'
import { cache, environment, projects, storeOfTwenty } from './home.mjs'
import { interleave } from './measure.mjs'
import { compare } from './statistics.mjs'
import { root } from './store.mjs'

const node = process.execPath
const entry = join(root, 'bin', 'run.js')

export function measureStartup({ rounds = 40 }) {
  const { home, shims } = storeOfTwenty()
  const env = environment(join(cache, 'users'), [shims], { GONATIVE_HOME: home })
  const cwd = projects().module.top
  const launcher = join(shims, 'gonative')
  const ways = [
    { id: 'node', name: 'node -e 0', command: [node, '-e', '0'] },
    { id: 'version', name: 'gonative --version', command: [node, entry, '--version'], says: /^gonative\// },
    { id: 'version-launcher', name: '… by the launcher', command: [launcher, '--version'], says: /^gonative\// },
    { id: 'list', name: 'gonative list, 20 versions', command: [node, entry, 'list'], says: /(.*\bgo .*\n){20}/ },
    { id: 'list-launcher', name: '… by the launcher', command: [launcher, 'list'], says: /(.*\bgo .*\n){20}/ },
  ].map((way) => ({ ...way, base: way.id === 'node' ? undefined : 'node', env, cwd }))
  return { rounds, rows: compare(ways, interleave(ways, { rounds, warm: 3 })) }
}
