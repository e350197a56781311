/** Rebuilding a release whose source builds in no time: the comparison, the record and the words, not the compiler. */
import { createHash } from 'node:crypto'
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Receipt } from '../../src/store/receipt.js'
import { makeTarGz } from '../support/archives.js'
import { user, type User } from '../support/cli.js'
import { temporaryDirectory } from '../support/context.js'
import { distributionFor, membersFor, sourceOf } from '../support/distpack.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'

const version = '1.98.1'
const here = `linux/${process.arch === 'arm64' ? 'arm64' : 'amd64'}`
const other = 'linux/riscv64'

let proxy: GoProxy
let directory: string
let me: User
beforeEach(async () => {
  proxy = await serveGo()
  proxy.publish('1.97.5')
  proxy.publish(version, { members: membersFor(here, version) })
  directory = join(await temporaryDirectory(), `it's a "store" & $HOME`)
  me = await user(directory, proxy.env)
})
afterEach(() => proxy.close())

/** The release's source in a directory, with a file changed. */
async function ownSource(changes: Record<string, string>): Promise<string> {
  const own = join(directory, 'own source')
  for (const [path, data] of Object.entries({ ...sourceOf(version), ...changes })) {
    await mkdir(dirname(join(own, path)), { recursive: true })
    await writeFile(join(own, path), data)
  }
  return own
}
async function publish(mirror: string, name: string, data: Buffer): Promise<void> {
  await writeFile(join(mirror, name), data)
  await writeFile(join(mirror, `${name}.sha256`), createHash('sha256').update(data).digest('hex'))
}
const receipt = async (): Promise<Receipt> =>
  JSON.parse(await readFile(join(me.home, `toolchains/go${version}.receipt.json`), 'utf8')) as Receipt

describe('rebuild', () => {
  // A Go to compile with: one that is installed is taken before any other.
  beforeEach(async () => {
    expect(await me.gonative('install', '1.97.5', '--bare')).toMatchObject({ code: 0 })
  })

  it('of a host that no source offers proves what it made, and keeps it as a mirror', async () => {
    proxy.record(other, version, membersFor(other, version))
    const ran = await me.gonative('rebuild', version, '--host', other, '--output', 'a mirror', '--json')
    expect(ran).toMatchObject({ code: 0 })
    const evidence = expect.stringMatching(/^h1:.* signature and inclusion proof checked$/) as unknown
    expect(JSON.parse(ran.stdout)).toMatchObject({ identical: true, evidence, with: 'go 1.97.5', recorded: false })
    const kept = join(me.cwd, 'a mirror')
    expect(await readdir(kept)).toEqual([`v0.0.1-go${version}.linux-riscv64.zip`])
    expect(await readdir(join(me.home, 'staging'))).toEqual([])
  })

  it('from the source archive makes the distribution too, and holds it against its published digest', async () => {
    const mirror = join(directory, 'a "mirror"')
    await mkdir(mirror)
    const source = Object.entries({ ...sourceOf(version), 'test/a.go': 'package test\n' })
    await publish(
      mirror,
      `go${version}.src.tar.gz`,
      makeTarGz(source.map(([path, data]) => ({ name: `go/${path}`, data }))),
    )
    await publish(mirror, `go${version}.linux-riscv64.tar.gz`, Buffer.from(distributionFor(other, version)))
    proxy.record(other, version, membersFor(other, version))
    const mine = await user(directory, { ...proxy.env, GONATIVE_MIRROR: mirror })
    const ran = await mine.gonative('rebuild', version, '--host', other, '--json')
    expect(ran).toMatchObject({ code: 0 })
    expect(JSON.parse(ran.stdout)).toMatchObject({
      source: 'mirror',
      archives: [
        { name: `v0.0.1-go${version}.linux-riscv64.zip`, verdicts: [{ by: 'sumdb', status: 'verified' }] },
        {
          name: `go${version}.linux-riscv64.tar.gz`,
          verdicts: expect.arrayContaining([expect.objectContaining({ by: 'digest', status: 'verified' })]) as unknown,
        },
      ],
    })
  })

  it('of this host is recorded in the receipt of what is installed, and list and verify show it', async () => {
    expect(await me.gonative('install', version, '--bare')).toMatchObject({ code: 0 })
    const ran = await me.gonative('rebuild', version)
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('identical, bit for bit') as unknown })
    expect(ran.stdout).toContain('its receipt says so now')
    expect((await receipt()).verified).toMatchObject([
      {
        by: 'rebuild',
        evidence: expect.stringMatching(/^bit for bit, from source \(goproxy\) with go 1\.9/) as unknown,
      },
      { by: 'sumdb' },
    ])
    expect((await me.gonative('list')).stdout).toMatch(/1\.98\.1\s+goproxy\s+rebuild, sumdb/)
    expect((await me.gonative('verify', version)).stdout).toContain('are as installed, and were rebuilt from source')
    expect(await me.gonative('rebuild', version)).toMatchObject({ code: 0 })
    expect((await receipt()).verified).toHaveLength(2)
  })

  it('from a source with one file changed says different, and names that file, with exit 3', async () => {
    proxy.record(other, version, membersFor(other, version))
    const own = await ownSource({ 'src/fmt/print.go': 'package fmt // changed\n' })
    const ran = await me.gonative('rebuild', version, '--host', other, '--source', own)
    expect(ran.code).toBe(3)
    expect(ran.stderr).toContain('is not what was published')
    expect(ran.stderr).toContain('the first file that differs from the published source: src/fmt/print.go (changed)')
    expect(await readdir(join(me.home, 'staging'))).toEqual([])
  })

  it('from a source with a file more or less names that one', async () => {
    const more = await ownSource({ 'src/a.go': 'package a\n' })
    expect((await me.gonative('rebuild', version, '--source', more)).stderr).toContain('differs: src/a.go (added)')
  })

  it('whose compiled files differ names the first of them where the original can be had', async () => {
    proxy.publish('1.98.2', { members: membersFor(here, '1.98.2', 'compiled by somebody else\n') })
    const ran = await me.gonative('rebuild', '1.98.2')
    expect(ran.code).toBe(3)
    expect(ran.stderr).toContain('the first file that differs: bin/go (changed)')
  })

  it('whose compiled files differ says so where it can not be had', async () => {
    proxy.record(other, version, membersFor(other, version, 'compiled by somebody else\n'))
    const ran = await me.gonative('rebuild', version, '--host', other, '--json')
    expect(ran.code).toBe(3)
    expect(JSON.parse(ran.stdout)).toMatchObject({
      error: { code: 'DIFFERS', message: expect.stringContaining('every source file is as published') as unknown },
    })
  })

  it('without a record says that there is nothing to compare with', async () => {
    const ran = await me.gonative('rebuild', version, '--host', other)
    expect(ran.code).toBe(3)
    expect(ran.stderr).toContain('there is no record to compare it with')
  })
})

describe('rebuild refuses', () => {
  const cases: [string, string[], string][] = [
    ['a Go that was not reproducible', ['1.20.14'], 'from 1.21 on'],
    ['a host that the release never had', [version, '--host', 'nacl/386'], 'has no nacl/386'],
    ['a variant as a host', [version, '--host', 'linux/arm/v7'], 'is not a host'],
    ['what is no host', [version, '--host', 'linux'], 'goos/goarch'],
    ['a source that is not of this release', [version, '--source', '.'], 'has no VERSION file'],
    ['an output that is no directory', [version, '--output', process.execPath], "can't be written to"],
  ]
  it.each(cases)('%s, with exit 2', async (_, args, reason) => {
    const ran = await me.gonative('rebuild', ...args)
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain(reason)
  })

  it('a source whose VERSION says another release', async () => {
    const own = join(directory, 'other')
    await cp(await ownSource({ VERSION: 'go1.98.9\n' }), own, { recursive: true })
    expect((await me.gonative('rebuild', version, '--source', own)).stderr).toContain('"go1.98.9" in its VERSION')
  })
})
