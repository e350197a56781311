// What `npm run bench` runs: gonative and its peers side by side, in one run. It prints a table, and a whole run writes
// bench/results.json and docs/bench.svg. `--only calls|startup|install` measures a part and writes nothing; `--rounds N`
// is for all parts. A limit that is missed is said, and is no failure.
import { writeFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setUp } from '../scripts/steps.mjs'
import { measureCalls } from './calls.mjs'
import { chartOf } from './chart.mjs'
import { cache, store } from './home.mjs'
import { measureInstalls } from './installs.mjs'
import { limitsOf } from './limits.mjs'
import { startProxy } from './loopback.mjs'
import { measureStartup } from './startup.mjs'
import { root, version } from './store.mjs'
import { tableOf } from './table.mjs'

const parts = { calls: measureCalls, startup: measureStartup, install: measureInstalls }
const { values } = parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string' } } })
const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
if (values.only !== undefined && !Object.hasOwn(parts, values.only)) usage(`there is no part ${values.only}`)
if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) usage('--rounds is a number, 1 or more')

const load = Number(loadavg()[0].toFixed(2)) // before anything of ours is in it
setUp()
console.log(`getting ready in ${cache}`)
const loopback = await startProxy(join(cache, 'proxy'), join(store('one').goroot, 'bin', 'go'))
const results = {
  date: new Date().toISOString(),
  machine: {
    cpu: cpus()[0]?.model.trim(),
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()} ${process.arch}`,
    load,
  },
  versions: { go: version, node: process.versions.node },
  missing: [],
}
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (values.only !== undefined && values.only !== name) continue
    console.log(`measuring: ${name}`)
    const { versions, missing, ...measured } = measure({ rounds, ...loopback })
    results[name] = measured
    Object.assign(results.versions, versions)
    results.missing.push(...(missing ?? []))
  }
} finally {
  loopback.stop()
}
results.limits = limitsOf(results)
console.log(`\n${tableOf(results)}`)
if (values.only === undefined) {
  writeFileSync(join(root, 'bench', 'results.json'), `${JSON.stringify(results, null, 2)}\n`)
  writeFileSync(join(root, 'docs', 'bench.svg'), chartOf(results))
  console.log('written: bench/results.json, docs/bench.svg')
}
if (load > cpus().length / 2) {
  console.log(`the machine was busy (load ${load}): run it again when it is quiet before believing any of this`)
}
const missed = results.limits.filter(({ verdict }) => verdict === 'missed').length
console.log(missed === 0 ? 'every limit that was measured holds' : `${missed} limits are missed`)

function usage(message) {
  console.error(`${message}\nnpm run bench -- [--only ${Object.keys(parts).join('|')}] [--rounds N]`)
  process.exit(2)
}
