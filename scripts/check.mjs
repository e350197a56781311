// `npm run check`: sets up, then format, lint, types, manifest and every test tier. Ends with one line of counts.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emulators, root, run, setUp } from './steps.mjs'

process.env.GONATIVE_DOWNLOADS ??= join(root, '.cache', 'downloads')
process.env.GONATIVE_TEST_ZIG_CACHE ??= join(root, '.cache', 'zig')
process.env.GONATIVE_TEST_GOCACHE ??= join(root, '.cache', 'go')

const manifest = join(root, 'oclif.manifest.json')
const committed = existsSync(manifest) ? readFileSync(manifest, 'utf8') : ''
setUp()
emulators()

let passed = 0
let failed = 0
let skipped = 0
const count = (name, good) => {
  console.log(`${good ? 'ok' : 'FAILED'}: ${name}`)
  if (good) passed++
  else failed++
}

count('oclif.manifest.json is current', readFileSync(manifest, 'utf8') === committed)
count('format', run('npx', ['prettier', '--check', '--log-level', 'warn', '.']))
count('lint', run('npx', ['eslint', '.', '--max-warnings', '0']))
count('types', run('npx', ['tsc', '-p', 'test', '--noEmit']))

const report = mkdtempSync(join(tmpdir(), 'gonative-check-'))
const json = join(report, 'tests.json')
const reporters = [
  '--reporter=default',
  '--reporter=./scripts/skips-reporter.mjs',
  '--reporter=json',
  `--outputFile.json=${json}`,
]
const ran = run('npx', ['vitest', 'run', ...reporters, ...process.argv.slice(2)])
if (existsSync(json)) {
  const result = JSON.parse(readFileSync(json, 'utf8'))
  passed += result.numPassedTests
  failed += result.numFailedTests
  skipped += result.numPendingTests + result.numTodoTests
  // A file that fails to load has no tests to count.
  if (!ran && result.numFailedTests === 0) failed++
} else {
  failed++
}
rmSync(report, { recursive: true, force: true })

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = failed > 0 ? 1 : 0
