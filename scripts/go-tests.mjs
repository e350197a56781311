// `npm run go-tests [-- --only linux/arm64] [--package net] [--gcc]`: Go's own tests of what cgo makes native, built by
// the grafts and run natively or under qemu-user. With --gcc they are built by Debian's cross compilers instead: what
// fails there too is not the grafts' doing. Ends with one line of counts; 1 on a failure that nothing explains.
import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readEvents } from './go-tests/events.mjs'
import { judge } from './go-tests/judge.mjs'
import { knownFor, skipPattern } from './go-tests/known.mjs'
import { execFor, oneWordCompilers } from './go-tests/emulation.mjs'
import { more, packages, targets } from './go-tests/packages.mjs'
import { ownHome } from './own-home.mjs'
import { emulators, root, setUp } from './steps.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    package: { type: 'string', multiple: true },
    go: { type: 'string', default: '1.27.4' },
    gcc: { type: 'boolean' },
  },
})

setUp()
emulators()
const { table } = await import('../dist/ui/table.js')
const home = ownHome(process.env.GONATIVE_GO_TESTS ?? join(root, '.cache', 'go-tests'))
const { go } = home.install(values.go)
const chosen = targets.filter(({ name }) => !values.only || values.only.split(',').includes(name))
const total = { passed: 0, failed: 0, known: 0, skipped: 0 }
const lines = []
const tested = values.package ? [...packages, ...more].filter(({ name }) => values.package.includes(name)) : packages
for (const target of chosen) for (const each of tested) lines.push(test(each, target))
console.log(`\n${table(['TARGET', 'PACKAGE', 'RAN', 'PASSED', 'FAILED', 'KNOWN', 'SKIPPED', 'SECONDS'], lines)}`)
console.log(`${total.passed} passed, ${total.failed} failed, ${total.known} known to fail, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

/** Tests one package for one target. @returns its line of the table */
function test({ name, builds, starts }, target) {
  const { exec, how, missing } = execFor(target, builds || starts)
  if (missing) {
    total.failed++
    console.log(`FAILED ${name} for ${target.name}: it takes ${missing}`)
    return [target.name, name, '', '', '1', '', '', '']
  }
  const known = knownFor(name, target.name)
  const started = Date.now()
  // -short leaves out what needs the internet's names and addresses, and what builds programs.
  const run = ['go', 'test', '-json', ...(builds ? [] : ['-short']), '-count=1', '-timeout=30m', ...skipPattern(known)]
  const { stdout, stderr } = spawnSync('nice', ['-n', '5', ...run, ...exec, name], {
    cwd: join(home.directory, 'home', 'toolchains', `go${go}`, 'src'),
    env: environmentFor(target, builds),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const { notes, ...counts } = judge(readEvents(stdout + stderr), known)
  for (const key of Object.keys(total)) total[key] += counts[key]
  const seconds = Math.round((Date.now() - started) / 1000)
  console.log(`${target.name} ${name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`)
  for (const note of notes) console.log(`  ${note}`)
  const { passed, failed, known: explained, skipped } = counts
  return [target.name, name, how, ...[passed, failed, explained, skipped, seconds].map(String)]
}

/** What the target's tests are built with. */
function environmentFor(target, builds) {
  const env = { ...home.environment(), ...target.env, GONATIVE_GO: go }
  if (values.gcc) return { ...env, CC: target.gcc, CGO_ENABLED: '1' }
  if (!builds) return env
  const value = (name) => execFileSync('go', ['env', name], { env, encoding: 'utf8' }).trim()
  const directory = join(home.directory, 'compilers', target.name.replaceAll('/', '-'))
  return { ...env, CGO_ENABLED: '1', ...oneWordCompilers(directory, value) }
}
