// One row of the matrix: every program built for one target, read, and run where that can be done here.
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { wrongIn } from './check.mjs'
import { command } from './command.mjs'
import { directory } from './home.mjs'
import { loader, programs } from './programs.mjs'
import { readFile } from './read-file.mjs'
import { runnerFor } from '../runners.mjs'

/**
 * @typedef {object} Cell
 * @property {'ran' | 'built' | 'unsupported' | 'failed'} outcome
 * @property {string} [how] how it ran
 * @property {string} [why] why it was not run, not built, or what failed
 */

/**
 * @param row of rows.mjs, with `floor` where its C library is glibc
 * @param {{go: string, CC: string, env: Record<string, string>}} by
 * @returns {Promise<Record<string, Cell>>} by the programs' ids
 */
export async function buildRow(row, by) {
  const output = join(directory, 'out')
  rmSync(output, { recursive: true, force: true })
  mkdirSync(output, { recursive: true })
  const { env } = by
  const cells = {}
  await buildTogether(
    programs.filter((program) => !program.shared && !refusal(program, row)),
    row,
    output,
    env,
  )
  for (const program of programs) cells[program.id] = await cell(program, row, output, env, by)
  return cells
}

function refusal({ unsupported }, { goos, goarch }) {
  return unsupported.find((each) => each.goos === goos && (each.goarch ?? goarch) === goarch)?.why
}

/** Those of one module in one go: the go command keeps both cores busy. What fails is built again alone, for its words. */
async function buildTogether(some, row, output, env) {
  for (const cwd of new Set(some.map((program) => program.directory))) {
    const packages = some.filter((program) => program.directory === cwd).map((program) => program.package)
    await command(['nice', '-n', '5', 'go', 'build', '-o', `${output}/`, ...packages], { cwd, env })
  }
}

async function cell(program, row, output, env, by) {
  const refused = refusal(program, row)
  if (refused) return { outcome: 'unsupported', why: refused }
  const file = join(output, fileName(program, row))
  if (!existsSync(file)) {
    const mode = program.shared ? ['-buildmode=c-shared'] : []
    const built = await command(['nice', '-n', '5', 'go', 'build', ...mode, '-o', file, program.package], {
      cwd: program.directory,
      env,
    })
    if (/-buildmode=c-shared not supported on/.test(built.output)) {
      return { outcome: 'unsupported', why: 'Go has no -buildmode=c-shared for it (internal/platform/supported.go)' }
    }
    if (!built.ok) return { outcome: 'failed', why: `build: ${built.output.trim()}` }
  }
  try {
    const wrong = wrongIn(await readFile(file), row, program, by.go)
    if (wrong.length > 0) return { outcome: 'failed', why: `file: ${wrong.join('; ')}` }
  } catch (error) {
    return { outcome: 'failed', why: `file: ${error.message}` }
  }
  return run(program, row, file, env, by)
}

async function run(program, row, file, env, { CC }) {
  const runner = row.goos === 'linux' ? runnerFor(row.goarch, row) : { missing: `a machine with ${row.goos}` }
  if (runner.missing) return { outcome: 'built', why: `to run it takes ${runner.missing}` }
  const { TMPDIR, PATH } = process.env
  const clean = { PATH, ...(TMPDIR ? { TMPDIR } : {}) }
  let line = [...runner.command, file]
  if (program.shared) {
    if (row.libc === 'musl') return { outcome: 'built', why: muslLibrary }
    const loading = join(directory, 'out', 'loader')
    const built = await command([...CC.split(' '), '-o', loading, loader, '-ldl'], { env })
    if (!built.ok) return { outcome: 'failed', why: `loader: ${built.output.trim()}` }
    line = [...runner.command, loading, file]
  }
  const ran = await command(line, { env: clean, minutes: 2 })
  const missing = program.prints.filter((text) => !ran.output.includes(text))
  if (ran.ok && missing.length === 0) return { outcome: 'ran', how: runner.how }
  return { outcome: 'failed', why: `${runner.how}: ${ran.output.trim() || 'no output'}` }
}

/** `go build -o directory/` names a program after its package, or its module's last part; libraries are named by us. */
function fileName({ shared, package: name, directory: where }, { goos }) {
  const base = (name === '.' ? where : name).split('/').at(-1)
  const endings = { windows: shared ? '.dll' : '.exe', darwin: shared ? '.dylib' : '' }
  return base + (endings[goos] ?? (shared ? '.so' : ''))
}

/** Why no library of Go's, nor an archive of its, runs with musl: it is Go's own doing, and open. */
export const muslLibrary =
  "musl's own loader can't load a library of Go's: it passes no arguments to constructors, and refuses its TLS (https://go.dev/issue/13492)"
