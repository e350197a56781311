// `npm run quickstart`: the main job on real input. Installs the newest Go that the sources offer, cross-compiles
// examples/hello-cgo for six targets with nothing but GOOS and GOARCH set, runs what this machine can run, and shows it.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { runnerFor } from './runners.mjs'
import { emulators, must, root, setUp } from './steps.mjs'

const targets = ['linux/amd64', 'linux/arm64', 'linux/386', 'linux/riscv64', 'windows/amd64', 'darwin/arm64']

const home = process.env.GONATIVE_HOME || join(homedir(), '.gonative')
const gonative = (...args) => must(process.execPath, [join(root, 'bin', 'run.js'), ...args])

setUp()
emulators()
gonative('install', 'latest')
gonative('list')

const output = mkdtempSync(join(tmpdir(), 'gonative-quickstart-'))
process.on('exit', () => rmSync(output, { recursive: true, force: true }))
const { GOOS, GOARCH, CC, CXX, AR, CGO_ENABLED, ...clean } = process.env
const { table } = await import('../dist/ui/table.js')
const { inspectFile } = await import('../dist/inspect/inspect.js')
const results = []
for (const target of targets) results.push(await build(target))
for (const { target, printed } of results) {
  if (printed) console.log(`\n${target} printed:\n${printed.trimEnd().replace(/^/gm, '  ')}`)
}
const heading = ['TARGET', 'FORMAT', 'C LIBRARY', 'LINKED', 'SIZE', 'SECONDS', 'RAN']
console.log(
  `\n${table(
    heading,
    results.map(({ cells }) => cells),
  )}`,
)
process.exitCode = results.some(({ ran }) => ran === 'FAILED') ? 1 : 0

/** Builds the example for one target as a user would, and says what came of it. */
async function build(target) {
  const [goos, goarch] = target.split('/')
  const program = join(output, `hello-${goos}-${goarch}${goos === 'windows' ? '.exe' : ''}`)
  const started = Date.now()
  console.log(`GOOS=${goos} GOARCH=${goarch} go build`)
  const env = { ...clean, PATH: `${join(home, 'shims')}${delimiter}${clean.PATH}`, GOOS: goos, GOARCH: goarch }
  must('go', ['build', '-o', program, '.'], { cwd: join(root, 'examples', 'hello-cgo'), env })
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  const binary = await inspectFile(program)
  const size = `${(statSync(program).size / 1e6).toFixed(1)} MB`
  const { ran, printed } = start(goos, goarch, program)
  const cells = [
    target,
    `${binary.format} ${binary.bits}-bit ${binary.machine}`,
    ...linkage(goos, binary),
    size,
    seconds,
    ran,
  ]
  return { target, cells, ran, printed }
}

/** The C library, and how it is linked. */
function linkage(goos, { interpreter, libraries }) {
  if (goos === 'linux')
    return libraries.includes('libc.so.6') ? ['glibc', `dynamic, ${interpreter}`] : ['musl', 'static']
  if (goos === 'windows')
    return [libraries.some((name) => /^api-ms-win-crt/i.test(name)) ? 'ucrt' : 'msvcrt', 'dynamic']
  return ['libSystem', 'dynamic']
}

/** Runs it here, natively or emulated. */
function start(goos, goarch, program) {
  const runner = goos === 'linux' ? runnerFor(goarch) : { missing: goos }
  if (runner.missing) return { ran: `needs ${runner.missing}`, printed: '' }
  const [command, ...args] = [...runner.command, program]
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 60_000 })
  return status === 0 ? { ran: runner.how, printed: stdout } : { ran: 'FAILED', printed: stdout + stderr }
}
