// `npm run modes [-- --only linux/arm64,windows/amd64] [--fresh] [--go 1.27.4]`: builds scripts/modes/program for every
// target in every way that `go build` has for programs with C (pie, c-shared, c-archive, -race), reads every file, runs
// what can be run here, and writes docs/build-modes.md. What has been done for the same toolchain, graft and program is
// not done again, unless it failed.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { emulators, root, setUp } from './steps.mjs'

const { values } = parseArgs({
  options: { only: { type: 'string' }, fresh: { type: 'boolean' }, go: { type: 'string', default: '1.27.4' } },
})

setUp()
emulators()
// These read the build that setUp makes.
const { anyFailed, buildRows } = await import('./matrix/build-rows.mjs')
const { directory, gonative, install } = await import('./matrix/home.mjs')
const { resultsIn } = await import('./matrix/results.mjs')
const { rowsOf } = await import('./matrix/rows.mjs')
const { tally } = await import('./matrix/table.mjs')
const { buildModes, modes, program } = await import('./modes/build.mjs')
const { page } = await import('./modes/page.mjs')

const { go, targets } = install(values.go)
const zig = gonative('list').find(({ tool }) => tool === 'zig')?.version
const results = resultsIn(join(directory, 'modes'), [program])
const rows = rowsOf(targets, values.only?.split(','), { all: false })
if (rows.length === 0) throw new Error(`no target is grafted of ${values.only ?? 'any'}`)

const lines = await buildRows(rows, { go, results, fresh: values.fresh }, buildModes)
if (values.only) console.log('docs/build-modes.md is written by a run without --only')
else {
  writeFileSync(join(root, 'docs', 'build-modes.md'), await page(lines, { go, zig, date: new Date() }))
  console.log('wrote docs/build-modes.md')
}
console.log(tally(lines, modes))
process.exitCode = anyFailed(lines) ? 1 : 0
