// `npm run quickstart`: the main job on real input. Installs the newest Go that the sources offer, cross-compiles
// examples/hello-cgo for six targets with nothing but GOOS and GOARCH set, runs what this machine can run, and shows it.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { readBinary } from './read-binary.mjs'
import { emulators, must, onPath, root, setUp } from './steps.mjs'

const targets = ['linux/amd64', 'linux/arm64', 'linux/386', 'linux/riscv64', 'windows/amd64', 'darwin/arm64']

/** How a Linux program for another machine is run: the emulator, and where Debian puts the C library that it loads. */
const emulated = {
  amd64: { emulator: 'qemu-x86_64', libraries: '/usr/x86_64-linux-gnu', native: 'x64' },
  arm64: { emulator: 'qemu-aarch64', libraries: '/usr/aarch64-linux-gnu', native: 'arm64' },
  386: { emulator: 'qemu-i386', libraries: '/usr/i686-linux-gnu' },
  riscv64: { emulator: 'qemu-riscv64', libraries: '/usr/riscv64-linux-gnu', native: 'riscv64' },
}

const home = process.env.GONATIVE_HOME ?? join(homedir(), '.gonative')
const gonative = (...args) => must(process.execPath, [join(root, 'bin', 'run.js'), ...args])

setUp()
emulators()
gonative('install', 'latest')
gonative('list')

const output = mkdtempSync(join(tmpdir(), 'gonative-quickstart-'))
process.on('exit', () => rmSync(output, { recursive: true, force: true }))
const { GOOS, GOARCH, CC, CXX, AR, CGO_ENABLED, ...clean } = process.env
const { table } = await import('../dist/ui/table.js')
const rows = targets.map(build)
console.log(`\n${await table(['TARGET', 'FORMAT', 'C LIBRARY', 'LINKED', 'SIZE', 'SECONDS', 'RAN', 'PRINTED'], rows)}`)
process.exitCode = rows.length === targets.length && rows.every((row) => row[6] !== 'failed') ? 0 : 1

/** Builds the example for one target as a user would, and says what came of it. */
function build(target) {
  const [goos, goarch] = target.split('/')
  const program = join(output, `hello-${goos}-${goarch}${goos === 'windows' ? '.exe' : ''}`)
  const started = Date.now()
  console.log(`GOOS=${goos} GOARCH=${goarch} go build`)
  const env = { ...clean, PATH: `${join(home, 'shims')}${delimiter}${clean.PATH}`, GOOS: goos, GOARCH: goarch }
  must('go', ['build', '-o', program, '.'], { cwd: join(root, 'examples', 'hello-cgo'), env })
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  const binary = readBinary(program)
  const size = `${(statSync(program).size / 1e6).toFixed(1)} MB`
  const { ran, printed } = start(goos, goarch, program)
  return [target, `${binary.format} ${binary.machine}`, ...linkage(goos, binary), size, seconds, ran, printed]
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
  const how = goos === 'linux' ? emulated[goarch] : undefined
  if (!how || process.platform !== 'linux') return { ran: 'no', printed: `needs ${goos}` }
  const native = how.native === process.arch
  if (!native && !onPath(how.emulator)) return { ran: 'no', printed: `needs ${how.emulator}` }
  if (!native && !existsSync(how.libraries)) return { ran: 'no', printed: `needs a C library in ${how.libraries}` }
  const [command, args] = native ? [program, []] : [how.emulator, ['-L', how.libraries, program]]
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 60_000 })
  const printed = (status === 0 ? stdout : stderr).trim().split('\n').join('; ')
  return { ran: status === 0 ? (native ? 'natively' : how.emulator) : 'failed', printed }
}
