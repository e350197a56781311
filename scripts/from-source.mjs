// `npm run from-source`: Go 1.22.12 from source, by a chain that begins with the C code of go1.4.3. It is killed (-9) in its
// third step and started again; then the Go that came of it is put to work. 15 to 30 minutes of two cores.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { checks } from './checks.mjs'
import { ownHome } from './own-home.mjs'
import { root, setUp } from './steps.mjs'

setUp()
const version = '1.22.12'
const directory = join(root, '.cache', 'from-source')
rmSync(directory, { recursive: true, force: true })
mkdirSync(directory, { recursive: true })
const { environment, gonative } = ownHome(directory)
const env = environment()
const home = env.GONATIVE_HOME
const wanted = ['install', version, '--from-source', '--from-c', '--targets', 'linux/arm64']
const { check, end } = checks()

/** `gonative install …` as a user sees it; `heard` gets each line of what it says. */
function start(heard) {
  const child = spawn(process.execPath, [join(root, 'bin', 'run.js'), ...wanted], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let rest = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      process.stdout.write(text)
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      lines.forEach((line) => heard(line, child))
    })
  }
  return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })))
}

/** Whether a process works in, or was started from, the staging directory. */
function busyInStaging() {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
  return stdout.split('\n').filter((line) => line.includes(join(home, 'staging')))
}

const staged = () => (existsSync(join(home, 'staging')) ? readdirSync(join(home, 'staging')) : [])
const kept = () => readdirSync(join(home, 'cache', 'built', 'from-c')).filter((name) => name.endsWith('.receipt.json'))

console.log(`gonative ${wanted.join(' ')} --dry-run`)
spawnSync(process.execPath, [join(root, 'bin', 'run.js'), ...wanted, '--dry-run'], { env, stdio: 'inherit' })
check('a dry run makes nothing', !existsSync(join(home, 'toolchains')) && !existsSync(join(home, 'cache', 'built')))

console.log(`\ngonative ${wanted.join(' ')}   (killed in its third step)`)
const first = await start((line, child) => {
  if (/^build go 1\.20\.14/.test(line)) setTimeout(() => child.kill('SIGKILL'), 20_000)
})
check('it was killed', first.signal === 'SIGKILL', JSON.stringify(first))
await sleep(3000)
check('nothing that it had started goes on', busyInStaging().length === 0, busyInStaging().join('\n'))
check('two steps are kept', kept().length === 2, kept().join(' '))
console.log(`in staging: ${staged().join(' ')}`)

console.log(`\ngonative ${wanted.join(' ')}   (again)`)
const lines = []
const second = await start((line) => lines.push(line))
check('the second time it comes to its end', second.code === 0, JSON.stringify(second))
for (const step of ['1.17.13', '1.20.14'])
  console.log(lines.filter((line) => line.includes(`] go ${step}:`)).join('\n'))
check('go 1.4.3 and 1.17.13 were not built again', !lines.some((line) => /^build go 1\.(4|17)\./.test(line)))
check('what the dead step had begun is swept', staged().length === 0, staged().join(' '))

console.log('\nthe Go that came of it')
const go = join(home, 'toolchains', `go${version}`, 'bin', 'go')
const inForce = { ...env, GONATIVE_GO: version, GOTOOLCHAIN: 'local' }
const said = spawnSync(go, ['version'], { env: inForce, encoding: 'utf8' }).stdout.trim()
check(`go version: ${said}`, said.startsWith(`go version go${version} `))
const [row] = gonative('list').filter((each) => each.tool === 'go')
check('list says that it was built, from C', row?.built?.fromC === true, JSON.stringify(row))
console.log(JSON.stringify(row))
for (const [target, extra] of [
  ['this machine', {}],
  ['linux/arm64', { GOOS: 'linux', GOARCH: 'arm64' }],
]) {
  const out = join(directory, target.replace(/\W/g, '-'))
  const built = spawnSync('go', ['build', '-o', out, '.'], {
    cwd: join(root, 'examples', 'hello-cgo'),
    env: { ...inForce, CGO_ENABLED: '1', ...extra },
    encoding: 'utf8',
  })
  check(`a cgo program builds for ${target}`, built.status === 0, built.stderr)
  if (target !== 'this machine') continue
  const ran = spawnSync(out, [], { encoding: 'utf8' })
  check('and runs', ran.status === 0, ran.stderr)
  console.log(ran.stdout.trimEnd().replace(/^/gm, '  '))
}
const verified = gonative('verify', version)
check('verify finds it as it was built', verified[0]?.differences.length === 0)

console.log('\nbeside the published one')
const published = ownHome(join(directory, 'published'))
published.gonative('install', version, '--bare')
const [ours, theirs] = [home, published.environment().GONATIVE_HOME].map(
  (each) =>
    new Set(
      readFileSync(join(each, 'toolchains', `go${version}.files`), 'utf8')
        .split('\n')
        .map((line) => line.split('\t')[3]),
    ),
)
const only = (a, b) => [...a].filter((path) => !b.has(path))
check(
  'it has the files of the published one',
  only(theirs, ours).length === 0,
  only(theirs, ours).slice(0, 9).join(' '),
)
check('and no others', only(ours, theirs).length === 0, only(ours, theirs).slice(0, 9).join(' '))
console.log(`log and store: ${relative(root, directory)}`)
end()
