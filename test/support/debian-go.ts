/**
 * Go 1.19.8 as Debian 12 has compiled it on each machine, laid out as a mirror under the official names: real archives
 * with real foreign packages, wherever the official ones can't be had. Fetched by apt with lists of its own.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestContext } from 'vitest'
import { onPath } from '../../scripts/runners.mjs'

export const debianGo = '1.19.8'

/** Debian's names → those in the archives' names. The first is the toolchain, with its source. */
const machines: Record<string, string> = { amd64: 'amd64', arm64: 'arm64', armhf: 'armv6l', i386: '386' }

const run = promisify(execFile)

/** `go1.19.8.linux-armv6l.tar.gz` of `armv6l`. */
export function archiveName(machine: string): string {
  return `go${debianGo}.linux-${machine}.tar.gz`
}

/** The mirror's directory, made once where downloads are kept; or why it can't be made. */
export async function debianMirror(): Promise<{ directory: string } | { missing: string }> {
  const lacking = ['apt-get', 'dpkg-deb', 'tar'].filter((name) => !onPath(name))
  if (lacking.length > 0) return { missing: `needs ${lacking.join(', ')}` }
  const kept = process.env.GONATIVE_DOWNLOADS ?? join(tmpdir(), 'gonative-downloads')
  const directory = join(kept, `debian-go${debianGo}`)
  if (existsSync(directory)) return { directory }
  await mkdir(kept, { recursive: true })
  const work = await mkdtemp(join(kept, 'debian-'))
  try {
    await makeMirror(work)
    await rename(join(work, 'mirror'), directory)
    return { directory }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { missing: `Debian's packages of Go ${debianGo} can't be had: ${reason}` }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Skips the test, with the reason, where there is no mirror; in CI that is a failure instead. */
export function mirrorOrSkip(mirror: Awaited<ReturnType<typeof debianMirror>>, context: TestContext): string {
  if ('directory' in mirror) return mirror.directory
  if (process.env.CI === 'true') throw new Error(`cannot be skipped in CI: ${mirror.missing}`)
  return context.skip(mirror.missing)
}

async function makeMirror(work: string): Promise<void> {
  const apt = await aptIn(work)
  const names = [...Object.keys(machines).map((machine) => `golang-1.19-go:${machine}`), 'golang-1.19-src']
  await apt('download', ...names)
  await mkdir(join(work, 'mirror'))
  for (const [machine, official] of Object.entries(machines)) {
    const packages = machine === 'amd64' ? [`go_*_${machine}`, 'src_*_all'] : [`go_*_${machine}`]
    await packArchive(work, packages, official)
  }
}

/** Each package's two trees under one `go/`, as the official archives have it. */
async function packArchive(work: string, packages: string[], official: string): Promise<void> {
  const root = join(work, official)
  await mkdir(root)
  for (const name of packages) {
    await run('sh', ['-c', `dpkg-deb -x golang-1.19-${name}.deb "$1"`, 'sh', join(root, 'debian')], { cwd: work })
  }
  const go = join(root, 'go')
  for (const half of ['lib', 'share']) {
    await cp(join(root, 'debian/usr', half, 'go-1.19'), go, {
      recursive: true,
      preserveTimestamps: true,
      // Links from one half to the other.
      filter: (path) => !/go-1\.19\/(src|api|misc|test|pkg\/include)$/.test(path) || half === 'share',
    })
  }
  const name = archiveName(official)
  const path = join(work, 'mirror', name)
  await run('tar', ['-C', root, '--owner=0', '--group=0', '-I', 'gzip -1', '-cf', path, 'go'])
  await rm(root, { recursive: true })
  const sum = createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
  await writeFile(`${path}.sha256`, `${sum}  ${name}\n`)
}

/** apt-get with the machine's sources and keys, and with lists and foreign machines of its own. */
async function aptIn(work: string): Promise<(...args: string[]) => Promise<unknown>> {
  await mkdir(join(work, 'state/lists/partial'), { recursive: true })
  await mkdir(join(work, 'cache/archives/partial'), { recursive: true })
  const config = [
    `Dir::State "${work}/state";`,
    `Dir::Cache "${work}/cache";`,
    'APT::Sandbox::User "";',
    '#clear APT::Architectures;',
    `APT::Architectures { ${Object.keys(machines)
      .map((name) => `"${name}";`)
      .join(' ')} };`,
    'Acquire::Languages "none";',
  ]
  await writeFile(join(work, 'apt.conf'), config.join('\n'))
  const env = { ...process.env, APT_CONFIG: join(work, 'apt.conf') }
  // Other sources of the machine's may fail: what matters is whether the packages are found.
  await run('apt-get', ['-q', 'update'], { cwd: work, env }).catch(() => undefined)
  return (...args) => run('apt-get', ['-q', ...args], { cwd: work, env })
}
