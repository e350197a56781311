// `npm run classic [-- --only 1.4.3]`: Go 1.2.2 and 1.4.3 as a user has them who grafts six targets, once with the machine's
// C compiler and once with none on PATH. The targets' distributions are made here first, into a mirror (minutes, kept in
// .cache/classic). Ends with one line of counts; 1 when something failed.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { parseArgs } from 'node:util'
import { checks } from './checks.mjs'
import { makeDistributions } from './classic/distributions.mjs'
import { program, targets } from './classic/program.mjs'
import { root, setUp } from './steps.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '1.4.3,1.2.2' },
    // The machine's C compiler, or zig where there is none.
    with: { type: 'string', default: 'gcc,zig' },
  },
})
setUp()
const directory = process.env.GONATIVE_CLASSIC ?? join(root, '.cache', 'classic')
const mirror = process.env.GONATIVE_CLASSIC_MIRROR ?? join(directory, 'mirror')
const bare = join(directory, `bin of ${process.pid}`)
const { check, skip, end } = checks()

/** A PATH with all programs but C compilers. */
function barePath() {
  rmSync(bare, { recursive: true, force: true })
  mkdirSync(bare, { recursive: true })
  for (const place of process.env.PATH.split(delimiter).filter((each) => existsSync(each))) {
    for (const name of readdirSync(place)) {
      if (/(^|-)(gcc|g\+\+|cc|c\+\+|c89|c99|cpp|clang|clang\+\+|ar|tcc)(-[\d.]+)?$/.test(name)) continue
      if (!existsSync(join(bare, name))) symlinkSync(join(place, name), join(bare, name))
    }
  }
  return bare
}

/** A user with a home of their own, and this PATH. */
function userOf(name, path) {
  const home = join(directory, name)
  const env = {
    HOME: directory,
    GONATIVE_HOME: home,
    GONATIVE_MIRROR: mirror,
    GONATIVE_DOWNLOADS: process.env.GONATIVE_DOWNLOADS ?? join(root, '.cache', 'downloads'),
    GOENV: 'off',
    ...Object.fromEntries(
      ['GOPROXY', 'GOSUMDB', 'GONOSUMDB', 'ZIG_GLOBAL_CACHE_DIR', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'HTTPS_PROXY']
        .filter((variable) => process.env[variable] ?? goEnv(variable))
        .map((variable) => [variable, process.env[variable] ?? goEnv(variable)]),
    ),
    PATH: path,
  }
  const gonative = (...args) => ran(process.execPath, [join(root, 'bin', 'run.js'), ...args], { env })
  const shimmed = { ...env, PATH: `${join(home, 'shims')}:${path}` }
  return { home, gonative, go: (args, more, cwd) => ran('go', args, { env: { ...shimmed, ...more }, cwd }) }
}

function goEnv(name) {
  const { status, stdout } = spawnSync('go', ['env', name], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : ''
}

function ran(command, args, options) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...options })
  return { code: status, stdout: stdout ?? '', stderr: stderr ?? '' }
}

for (const version of values.only.split(',')) {
  for (const by of values.with.split(',')) {
    const user = userOf(`${version} by ${by}`, by === 'zig' ? barePath() : process.env.PATH)
    rmSync(user.home, { recursive: true, force: true })
    const installed = user.gonative('install', version, '--bare')
    check(`go ${version} is installed from the module proxy`, installed.code === 0, installed.stderr)
    if (installed.code !== 0) continue
    // What the distributions are made from: the toolchain before its grafts.
    const toolchain = join(user.home, 'toolchains', `go${version}`)
    const work = join(directory, `made ${version}`)
    makeDistributions({ version, toolchain, work, mirror, targets: targets.map(({ name }) => name) })
    test(version, user, by)
    if (by !== 'zig') gox(version, user)
  }
}
rmSync(bare, { recursive: true, force: true })
end()

/** Grafts all six and builds for each. */
function test(version, { home, gonative, go }, by) {
  const started = Date.now()
  const ran = gonative('graft', ...targets.map(({ name }) => name), '--go', version)
  const seconds = Math.round((Date.now() - started) / 1000)
  check(`go ${version}: six grafts with ${by} (${seconds} s)`, ran.code === 0, ran.stderr)
  if (ran.code !== 0) return
  process.stdout.write(`       ${ran.stdout}`)
  const receipt = JSON.parse(readFileSync(join(home, 'toolchains', `go${version}.receipt.json`), 'utf8'))
  for (const { target, parts, needs } of receipt.grafts) {
    const zig = needs.some(({ tool }) => tool === 'zig')
    check(`${target}: made by ${parts.join(', ')}`, zig === (by === 'zig' && parts.includes('target-compilers')))
  }
  const place = join(directory, 'a program')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'main.go'), program)
  for (const { name, file, arch, runs } of targets) {
    const [GOOS, GOARCH] = name.split('/')
    const out = join(place, `${version} ${by} ${GOOS} ${GOARCH}`)
    const GOPATH = join(directory, 'gopath')
    const started = Date.now()
    const built = go(
      ['build', '-x', '-o', out, 'main.go'],
      { GONATIVE_GO: version, GOOS, GOARCH, GOPATH, PATH: `${join(home, 'shims')}:/nowhere` },
      place,
    )
    const compiled = [...built.stderr.matchAll(/[568]g"? -o .* -p (\S+)/g)].map(([, path]) => path)
    const only = built.code === 0 && compiled.join() === 'command-line-arguments'
    check(
      `${name} with ${by}: compiles only main (${Date.now() - started} ms)`,
      only,
      compiled.join(' ') || built.stderr,
    )
    const [found] = JSON.parse(gonative('inspect', '--json', out).stdout)
    const same = found?.format === file && found.arch === arch
    check(`${name} with ${by}: inspect says ${found?.format} ${found?.arch}`, same)
    if (!runs) continue
    const said = spawnSync(out, { encoding: 'utf8' }).stdout
    check(`${name} with ${by}: runs, and says ${said.trim()}`, said.startsWith(`linux 386 go${version} true <nil>`))
  }
  const verified = gonative('verify', version)
  check(`go ${version} with ${by}: every file is as installed`, verified.code === 0, verified.stderr)
}

/**
 * gox asks for Go's version, and builds the standard library only when it is told to. Later ones than 0.3.0 hand `go build`
 * -asmflags, which Go knows from 1.5 on.
 */
function gox(version, { gonative, home }) {
  const bin = join(directory, 'gox 0.3.0')
  if (!existsSync(join(bin, 'gox'))) {
    const env = { ...process.env, GOBIN: bin, GOFLAGS: '-mod=mod', GOPATH: join(directory, 'gopath-gox') }
    const got = ran('go', ['install', 'github.com/mitchellh/gox@v0.3.0'], { env })
    if (got.code !== 0) return skip('gox', `it can't be had: ${got.stderr.trim().split('\n').at(-1)}`)
  }
  const place = join(directory, 'gopath', 'src', 'hello')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'main.go'), program)
  const out = join(directory, 'gox made', version, '{{.OS}}-{{.Arch}}')
  const list = 'windows/386 linux/386'
  const env = { ...process.env, GONATIVE_HOME: home, GOENV: 'off', GOFLAGS: '', GOPATH: join(directory, 'gopath') }
  const args = [
    join(root, 'bin', 'run.js'),
    'exec',
    '--go',
    version,
    '--',
    join(bin, 'gox'),
    `-osarch=${list}`,
    `-output=${out}`,
  ]
  const built = ran(process.execPath, args, { env, cwd: place })
  check(`gox ${list} with go ${version}`, built.code === 0, built.stdout + built.stderr)
  if (built.code !== 0) return
  const said = execFileSync(out.replace('{{.OS}}-{{.Arch}}', 'linux-386'), { encoding: 'utf8' })
  check(`what gox built runs, and says ${said.trim()}`, said.startsWith(`linux 386 go${version}`))
  check('gox rebuilt nothing: every file is as installed', gonative('verify', version).code === 0)
}
