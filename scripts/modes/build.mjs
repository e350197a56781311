// One target's files, a build mode each: built, read, and run where that can be done here.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { wrongIn } from '../matrix/check.mjs'
import { command } from '../matrix/command.mjs'
import { machines } from '../matrix/expected.mjs'
import { muslLibrary } from '../matrix/build.mjs'
import { directory } from '../matrix/home.mjs'
import { readFile } from '../matrix/read-file.mjs'
import { runnerFor } from '../runners.mjs'
import { root } from '../steps.mjs'

export const modes = ['pie', 'c-shared', 'c-archive', 'race']

export const program = join(root, 'scripts', 'modes', 'program')

/** What a C program that has Go in it is linked with, beside the archive: what Go's own linker passes there. */
const archiveLibraries = {
  darwin: ['-framework', 'CoreFoundation', '-framework', 'Security', '-lresolv'],
  linux: ['-lpthread', '-lresolv'],
  windows: ['-lws2_32', '-lntdll'],
}

/** How one is run here, or what is missing. Those known to fail, and not by gonative's doing, are built and read, and not run. */
function runnerOf({ goos, goarch, libc }, mode) {
  if (libc === 'musl' && mode.startsWith('c-')) return { missing: muslLibrary }
  const runner = goos === 'linux' ? runnerFor(goarch, { libc }) : { missing: `a machine with ${goos}` }
  if (runner.missing) return { missing: `to run it takes ${runner.missing}` }
  if (mode === 'race' && runner.how !== 'natively') {
    return { missing: "to run it takes such a machine: ThreadSanitizer does not start in qemu-user's address space" }
  }
  return runner
}

/** Found by running it, and linked by a linker of the user's, where the graft can't refuse it as it does the others for 386. */
const crashing = {
  'linux/386 c-archive':
    "position-independent Go for 386 crashes when zig's linker has linked it (workaround 386-position-independent)",
}

/** What Go itself has not: its own words for it, as far as they are the same for every target. */
const unsupported = /-buildmode=\S+ not supported(?= on )|-race is not supported(?= on )|-race is only supported on .*/

/**
 * @param row of rows.mjs, with `floor` where its C library is glibc
 * @returns {Promise<Record<string, import('../matrix/build.mjs').Cell>>} by mode
 */
export async function buildModes(row, by) {
  const cells = {}
  for (const mode of modes) cells[mode] = await cell(row, mode, by)
  return cells
}

async function cell(row, mode, { go, CC, env }) {
  const crash = crashing[`${row.goos}/${row.goarch} ${mode}`]
  if (crash) return { outcome: 'unsupported', why: crash }
  const output = join(directory, 'out')
  rmSync(output, { recursive: true, force: true })
  mkdirSync(output, { recursive: true })
  const file = join(output, { 'c-shared': 'modes.lib', 'c-archive': 'modes.a' }[mode] ?? 'modes')
  const flag = mode === 'race' ? '-race' : `-buildmode=${mode}`
  const built = await command(['go', 'build', flag, '-o', file, '.'], { cwd: program, env })
  const refused = unsupported.exec(built.output)?.[0]
  if (refused) return { outcome: 'unsupported', why: `Go: ${refused}` }
  const ours = /gonative: .*/.exec(built.output)?.[0]
  if (!built.ok && ours) return { outcome: 'unsupported', why: ours }
  if (!built.ok) return { outcome: 'failed', why: `build: ${built.output.trim()}` }
  try {
    const read = await readFile(file)
    const wrong =
      mode === 'c-archive' ? wrongMembers(read, row) : wrongIn(read, row, { shared: mode === 'c-shared' }, go)
    if (mode === 'pie' && read.kind !== 'pie') wrong.push(`kind is ${read.kind}, not pie`)
    if (wrong.length > 0) return { outcome: 'failed', why: `file: ${wrong.join('; ')}` }
  } catch (error) {
    return { outcome: 'failed', why: `file: ${error.message}` }
  }
  return run(row, mode, file, { CC, env, output })
}

/** Every object in the archive is for the target's machine. */
function wrongMembers({ format, parts }, { goarch }) {
  if (format !== 'ar') return [`format is ${format}, not ar`]
  const objects = parts.filter(({ machine }) => machine !== null)
  const strange = objects.filter(({ machine }) => machine !== machines[goarch].machine)
  if (objects.length === 0) return ['the archive has no object']
  return strange.map(({ name, machine }) => `${name} is for ${machine}`)
}

async function run(row, mode, file, { CC, env, output }) {
  const { missing, command: before, how } = runnerOf(row, mode)
  const start = join(output, 'start')
  const compile = (...args) => command([...CC.split(' '), `-I${output}`, '-o', start, ...args], { env })
  const source = (name) => join(program, 'c', name)
  if (mode === 'c-archive') {
    const linked = await compile(source('links.c'), file, ...(archiveLibraries[row.goos] ?? ['-lpthread']))
    if (!linked.ok) return { outcome: 'failed', why: `link: ${linked.output.trim()}` }
  }
  if (missing) return { outcome: 'built', why: missing }
  if (mode === 'c-shared') {
    const loader = await compile(source('loads.c'), '-ldl')
    if (!loader.ok) return { outcome: 'failed', why: `loader: ${loader.output.trim()}` }
  }
  const line = { 'c-shared': [start, file], 'c-archive': [start] }[mode] ?? [file]
  const { PATH } = process.env
  const ran = await command([...before, ...line], { env: { PATH, HOME: output }, minutes: 2 })
  if (ran.ok && ran.output.includes('answer 42')) return { outcome: 'ran', how }
  return { outcome: 'failed', why: `${how}: ${ran.output.trim() || 'no output'}` }
}
