// `npm run rebuild-check [-- --only identical,different,signed,recorded] [--go 1.26.8] [--host linux/arm64]`: rebuilds a
// real release from source and holds it against the checksum database: as published, with one source file changed, for
// darwin, whose programs are signed, and for this host, where the receipt of what is installed has to say so. Each takes
// five minutes of two processors.
import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checks } from './checks.mjs'
import { ownHome } from './own-home.mjs'
import { root, setUp } from './steps.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    go: { type: 'string', default: '1.26.8' },
    host: { type: 'string', default: 'linux/arm64' },
  },
})
const { go, host } = values
/** The file that is changed: many programs are compiled from it. */
const changed = 'src/strings/strings.go'

setUp()
const home = ownHome(process.env.GONATIVE_REBUILD ?? join(root, '.cache', 'rebuild'))
mkdirSync(home.directory, { recursive: true })
const all = { identical, different, signed, recorded }
const chosen = values.only?.split(',') ?? Object.keys(all)
const { check, skip, end } = checks()
for (const [name, test] of Object.entries(all)) {
  if (!chosen.includes(name)) {
    skip(name, 'not among --only')
    continue
  }
  console.log()
  const wrong = test()
  if (wrong?.startsWith('lacking: ')) skip(name, wrong.replace('lacking: ', ''))
  else check(name, wrong === undefined, wrong)
}
end()

/** As published: the same bit for bit, and kept as a mirror. */
function identical() {
  const output = join(home.directory, 'a mirror')
  rmSync(output, { recursive: true, force: true })
  const { code, text } = gonative('rebuild', go, '--host', host, '--output', output)
  if (code !== 0 || !text.includes('identical, bit for bit')) return `exit ${code}`
  const zip = `v0.0.1-go${go}.${host.replace('/', '-')}.zip`
  return readdirSync(output).includes(zip) ? undefined : `${output} has no ${zip}`
}

/** With one source file changed: exit 3, and that file's name. */
function different() {
  const { code: installed } = gonative('install', go, '--bare')
  if (installed !== 0) return `go ${go} could not be installed`
  const own = join(home.directory, 'own source')
  rmSync(own, { recursive: true, force: true })
  cpSync(join(home.environment().GONATIVE_HOME, 'toolchains', `go${go}`), own, { recursive: true })
  appendFileSync(join(own, changed), '\n// gonative was here.\n')
  const { code, text } = gonative('rebuild', go, '--host', host, '--source', own)
  rmSync(own, { recursive: true, force: true })
  if (code !== 3) return `exit ${code}`
  return text.includes(`${changed} (changed)`) ? undefined : `it does not name ${changed}`
}

/** For darwin: the same as the original when both are without their signatures. */
function signed() {
  const { code, text } = gonative('rebuild', go, '--host', 'darwin/arm64')
  if (text.includes('no source has the original')) return 'lacking: no source has the original'
  return code === 0 && text.includes('the same but for the signatures') ? undefined : `exit ${code}`
}

/** For this host, while it is installed: the receipt has it. */
function recorded() {
  const { code: installed } = gonative('install', go, '--bare')
  if (installed !== 0) return `go ${go} could not be installed`
  const { code } = gonative('rebuild', go)
  if (code !== 0) return `exit ${code}`
  const { text } = gonative('list')
  return text.includes('rebuild, ') ? undefined : 'list does not show it'
}

/** Runs gonative as a user does; what it says is shown and returned. */
function gonative(...args) {
  console.log(`$ gonative ${args.map((arg) => (arg.includes(' ') ? `'${arg}'` : arg)).join(' ')}`)
  const ran = spawnSync(process.execPath, [join(root, 'bin', 'run.js'), ...args], {
    env: home.environment(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const text = `${ran.stderr}${ran.stdout}`
  process.stdout.write(text)
  return { code: ran.status, text }
}
