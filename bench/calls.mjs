// What a `go version` costs, and `exec -- true`, by each way over the program alone.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cache, environment, olderVersion, projects, store, storeOfTwenty } from './home.mjs'
import { interleave } from './measure.mjs'
import { peers } from './peers.mjs'
import { compare } from './statistics.mjs'
import { version } from './store.mjs'
import { switched } from './switch.mjs'

const says = new RegExp(`^go version go${version.replaceAll('.', '\\.')} `)

/** @returns rows in the order they are shown, the peers' versions, and the peers that could not be had, with why */
export function measureCalls({ rounds = 100, proxy }) {
  const { module, pinned } = projects()
  const one = store('one')
  const twenty = storeOfTwenty()
  const home = join(cache, 'users')
  const go = join(one.goroot, 'bin', 'go')
  const direct = (id, name, cwd) => ({ id, name, cwd, command: [go, 'version'], env: environment(home) })
  const shim = (id, name, base, { shims }, cwd) => {
    const env = environment(home, [shims])
    return { id, name, base, cwd, command: [join(shims, 'go'), 'version'], env }
  }
  const had = peers({
    goroot: one.goroot,
    cwd: pinned.top,
    says,
    older: () => switched(store('older', olderVersion), proxy),
  })
  const ways = [
    direct('direct', 'go itself', module.top),
    {
      ...direct('sh', 'a sh script of one line: exec go', module.top),
      base: 'direct',
      command: [oneLine(go), 'version'],
    },
    shim('shim', 'shim, go.mod', 'direct', one, module.top),
    shim('shim-pin', 'shim, .go-version', 'direct', one, pinned.top),
    shim('shim-20', 'shim, go.mod, 20 versions installed', 'direct', twenty, module.top),
    direct('direct-deep', 'go itself, 20 directories deep', module.deep),
    shim('shim-deep', 'shim, go.mod 20 directories up', 'direct-deep', one, module.deep),
    shim('shim-pin-deep', 'shim, .go-version 20 directories up', 'direct-deep', one, pinned.deep),
    ...had.ways.map((way) => ({ ...way, base: 'direct' })),
  ].map((way) => ({ ...way, says }))
  const programs = [
    { id: 'true', name: 'true', command: ['true'], env: environment(home), cwd: module.top },
    {
      id: 'exec',
      name: 'gonative exec -- true, by the launcher',
      base: 'true',
      command: [join(one.shims, 'gonative'), 'exec', '--', 'true'],
      env: environment(home, [one.shims]),
      cwd: module.top,
    },
  ]
  const all = [...ways, ...programs]
  return {
    rounds,
    rows: compare(all, interleave(all, { rounds, warm: 5 })),
    versions: had.versions,
    missing: had.missing,
  }
}

/** The least that any shim in sh can cost. */
function oneLine(go) {
  const script = join(cache, 'one-line.sh')
  writeFileSync(script, `#!/bin/sh\nexec '${go.replaceAll("'", `'\\''`)}' "$@"\n`, { mode: 0o755 })
  return script
}
