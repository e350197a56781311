// `npm run modes [-- --only linux/arm64,windows/amd64] [--fresh] [--go 1.27.4]`: builds scripts/modes/program for every
// target in every way that `go build` has for programs with C (pie, c-shared, c-archive, -race), reads every file, runs
// what can be run here, and writes docs/build-modes.md. What has been done for the same toolchain, graft and program is
// not done again, unless it failed.
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { emulators, root, setUp } from './steps.mjs'

const { values } = parseArgs({
  options: { only: { type: 'string' }, fresh: { type: 'boolean' }, go: { type: 'string', default: '1.27.4' } },
})

setUp()
emulators()
// These read the build that setUp makes.
const { directory, environment, gonative, install } = await import('./matrix/home.mjs')
const { resultsIn } = await import('./matrix/results.mjs')
const { rowsOf } = await import('./matrix/rows.mjs')
const { tally } = await import('./matrix/table.mjs')
const { targetEnv } = await import('./matrix/variants.mjs')
const { buildModes, modes, program } = await import('./modes/build.mjs')
const { page } = await import('./modes/page.mjs')

const { go, targets } = install(values.go)
const zig = gonative('list').find(({ tool }) => tool === 'zig')?.version
const results = resultsIn(join(directory, 'modes'), [program])
const rows = rowsOf(targets, values.only?.split(','), { all: false })
if (rows.length === 0) throw new Error(`no target is grafted of ${values.only ?? 'any'}`)

const lines = []
for (const [index, row] of rows.entries()) {
  const started = Date.now()
  process.stdout.write(`[${index + 1}/${rows.length}] ${row.name}: `)
  const line = await once(row)
  lines.push(line)
  const words = line.refused ?? modes.map((mode) => `${mode} ${line.cells[mode].outcome}`).join(', ')
  console.log(`${words} (${Math.round((Date.now() - started) / 1000)} s)`)
  for (const [mode, { outcome, why }] of Object.entries(line.cells ?? {})) {
    if (outcome === 'failed') console.log(`  ${mode}: ${why.replaceAll('\n', '\n    ')}`)
  }
}

if (values.only) console.log('docs/build-modes.md is written by a run without --only')
else {
  writeFileSync(join(root, 'docs', 'build-modes.md'), await page(lines, { go, zig, date: new Date() }))
  console.log('wrote docs/build-modes.md')
}
console.log(tally(lines, modes))
process.exitCode = lines.some(({ cells = {} }) => Object.values(cells).some(({ outcome }) => outcome === 'failed'))
  ? 1
  : 0

/** A row with its cells by mode: kept ones, if nothing has changed since and nothing failed, else new ones. */
async function once(row) {
  try {
    gonative('graft', row.target, ...(row.libc ? ['--libc', row.libc] : []), '--go', go)
  } catch (error) {
    if (error.code !== 'GRAFT_IMPOSSIBLE') throw error
    return { row, refused: error.message.split('\n').slice(1).join(' ').trim() }
  }
  const env = { ...environment(), ...targetEnv(row), GONATIVE_GO: go }
  const CC = execFileSync('go', ['env', 'CC'], { env, encoding: 'utf8' }).trim()
  const key = results.keyOf({ go, CC })
  const before = values.fresh ? undefined : results.of(row, key)
  if (before && Object.values(before.cells).every(({ outcome }) => outcome !== 'failed')) return { row, ...before }
  const floor = /gnu\w*\.(\d+\.\d+)/.exec(CC)?.[1]
  const cells = await buildModes({ ...row, floor }, { go, CC, env })
  const result = { key, CC, ...(floor ? { floor } : {}), cells }
  results.keep(row, result)
  rmSync(join(directory, 'gocache'), { recursive: true, force: true })
  return { row, ...result }
}
