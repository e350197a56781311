/**
 * A release whose source builds in no time: its make.bash does what Go's does for -distpack, by a script in it. What it
 * "compiles" depends on every source file, on GOOS and on GOARCH, and on nothing else.
 */
import { createHash } from 'node:crypto'
import type { ZipMember } from './archives.js'

/** Runs in the GOROOT: node pack.mjs. Writes the module's zip, and the distribution as a file of another name. */
const pack = `
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
const { GOOS, GOARCH } = process.env
const version = readFileSync('VERSION', 'utf8').trim()
const names = (path) => (statSync(path).isDirectory() ? readdirSync(path).sort().flatMap((n) => names(path + '/' + n)) : [path])
const sources = readdirSync('.').filter((n) => !['bin', 'pkg', 'test'].includes(n)).sort().flatMap(names)
const hash = createHash('sha256')
for (const name of sources) hash.update(name + '\\0').update(readFileSync(name))
const compiled = Buffer.from(GOOS + '/' + GOARCH + ' ' + hash.digest('hex') + '\\n')
const module = 'v0.0.1-' + version + '.' + GOOS + '-' + GOARCH
const files = [...sources.map((name) => [name, readFileSync(name)]), ['bin/go', compiled]]
const parts = []
const index = []
let at = 0
for (const [path, data] of files) {
  const name = Buffer.from('golang.org/toolchain@' + module + '/' + path.replace(/(^|\\/)go\\.mod$/, '$1_go.mod'))
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt32LE(crc32(data), 14)
  for (const field of [18, 22]) local.writeUInt32LE(data.length, field)
  local.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt32LE(crc32(data), 16)
  for (const field of [20, 24]) entry.writeUInt32LE(data.length, field)
  entry.writeUInt16LE(name.length, 28)
  entry.writeUInt32LE(at, 42)
  parts.push(local, name, data)
  index.push(entry, name)
  at += 30 + name.length + data.length
}
const directory = Buffer.concat(index)
const end = Buffer.alloc(22)
end.writeUInt32LE(0x06054b50, 0)
for (const field of [8, 10]) end.writeUInt16LE(files.length, field)
end.writeUInt32LE(directory.length, 12)
end.writeUInt32LE(at, 16)
mkdirSync('pkg/distpack', { recursive: true })
writeFileSync('pkg/distpack/' + module + '.zip', Buffer.concat([...parts, directory, end]))
writeFileSync('pkg/distpack/' + version + '.' + GOOS + '-' + GOARCH + '.tar.gz', 'distribution: ' + compiled)
`

/** It refuses what the real one would not be given. */
const makeBash = `set -e
[ "$1" = -distpack ] && [ -x "$GOROOT_BOOTSTRAP/bin/go" ] && [ "$GOTOOLCHAIN" = local ]
cd ..
exec node src/pack.mjs
`

/** Its source files, by their path in the GOROOT. */
export function sourceOf(version: string): Record<string, string> {
  return {
    VERSION: `go${version}\n`,
    'src/fmt/print.go': 'package fmt\n',
    'src/go.mod': 'module std\n',
    'src/make.bash': makeBash,
    'src/pack.mjs': pack,
    'src/time/zoneinfo.go': 'package time\n',
  }
}

/** What make.bash compiles it to. */
export function compiledFor(platform: string, source: Record<string, string>): string {
  const hash = createHash('sha256')
  for (const name of Object.keys(source).sort()) hash.update(`${name}\0`).update(source[name] ?? '')
  return `${platform} ${hash.digest('hex')}\n`
}

/** What it makes as the distribution, which nothing unpacks here. */
export function distributionFor(platform: string, version: string): string {
  return `distribution: ${compiledFor(platform, sourceOf(version))}`
}

/** The files of the release's module for a platform, as `serveGo` publishes them. */
export function membersFor(platform: string, version: string, compiled?: string): ZipMember[] {
  const source = sourceOf(version)
  return [
    ...Object.entries(source).map(([path, data]) => ({ name: path.replace(/(^|\/)go\.mod$/, '$1_go.mod'), data })),
    { name: 'bin/go', data: compiled ?? compiledFor(platform, source) },
  ]
}
