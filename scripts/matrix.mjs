// `npm run matrix [-- --only linux/arm64,windows/amd64] [--fresh] [--go 1.27.4]`: builds the example and real cgo modules
// for every target, C library and variant, reads every file, runs what can be run here, and writes docs/targets.md. What
// has been done for the same toolchain, graft and programs is not done again, unless it failed.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { emulators, root, setUp } from './steps.mjs'

const { values } = parseArgs({
  options: { only: { type: 'string' }, fresh: { type: 'boolean' }, go: { type: 'string', default: '1.27.4' } },
})

setUp()
emulators()
// These read the build that setUp makes.
const { buildRow } = await import('./matrix/build.mjs')
const { anyFailed, buildRows } = await import('./matrix/build-rows.mjs')
const { directory, environment, gonative, install } = await import('./matrix/home.mjs')
const { page } = await import('./matrix/page.mjs')
const { programs, programsDirectory } = await import('./matrix/programs.mjs')
const { resultsIn } = await import('./matrix/results.mjs')
const { rowsOf } = await import('./matrix/rows.mjs')
const { tally } = await import('./matrix/table.mjs')

const results = resultsIn(join(directory, 'results'), [
  programsDirectory,
  ...programs.map((program) => program.directory),
])
const { go, targets } = install(values.go)
const only = values.only?.split(',')
const all = rowsOf(targets)
const rows = only ? rowsOf(targets, only) : all
if (rows.length === 0) throw new Error(`no target is grafted of ${values.only ?? 'any'}`)

const env = environment()
for (const cwd of new Set(programs.map((program) => program.directory))) {
  if (existsSync(join(cwd, 'go.sum')))
    execFileSync('go', ['mod', 'download'], { cwd, env: { ...env, GONATIVE_GO: go } })
}

await buildRows(rows, { go, results, fresh: values.fresh }, buildRow)
const lines = all.map((row) => ({ row, ...results.of(row) })).filter(({ cells }) => cells)
const mine = lines.filter(({ row }) => rows.some(({ name }) => name === row.name))
const text = await page(only ? mine : lines, about())
if (only) {
  console.log(`\n${text}`)
  console.log('docs/targets.md is written by a run without --only')
} else {
  writeFileSync(join(root, 'docs', 'targets.md'), text)
  console.log('wrote docs/targets.md')
}
console.log(
  tally(
    mine,
    programs.map(({ id }) => id),
  ),
)
process.exitCode = anyFailed(mine) ? 1 : 0

function about() {
  const modules = JSON.parse(
    `[${execFileSync('go', ['list', '-m', '-json', 'all'], { cwd: programsDirectory, env: { ...env, GONATIVE_GO: go }, encoding: 'utf8' }).replaceAll('}\n{', '},\n{')}]`,
  )
  const used = programs.map(({ id, module }) => {
    const version = modules.find(({ Path }) => Path === module)?.Version
    return `${id}: ${module}${version ? ` ${version}` : ''}`
  })
  const zig = gonative('list').find(({ tool }) => tool === 'zig')?.version
  const system = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform
  return { go, zig, date: new Date().toISOString().slice(0, 10), modules: used, host: `${system}, ${process.arch}` }
}
