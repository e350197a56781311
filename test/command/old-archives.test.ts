/** Releases that are nowhere official any more, from the places where a user may still have them, as they were laid out. */
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Receipt } from '../../src/store/receipt.js'
import { makeTarGz } from '../support/archives.js'
import { user, type User } from '../support/cli.js'
import { temporaryDirectory } from '../support/context.js'
import { serveFiles, type FileServer } from '../support/files.js'

/** Its published digest is known; what is made here can't have it. */
const known = 'go1.2.1.linux-amd64.tar.gz'
/** Of its release no digest is known. */
const unknown = `go1.1.1.linux-${process.arch === 'arm64' ? 'arm64' : 'amd64'}.tar.gz`

const archiveOf = (version: string): Buffer =>
  makeTarGz([
    { name: 'go/', type: '5', mode: 0o755 },
    { name: 'go/VERSION', data: `go${version}` },
    { name: 'go/bin/go', data: `#!/bin/sh\necho go version go${version} linux/amd64\n`, mode: 0o755 },
    { name: 'go/pkg/linux_amd64/fmt.a', data: '!<arch>\n' },
    { name: 'go/pkg/tool/linux_amd64/6g', data: 'the compiler', mode: 0o755 },
    { name: 'go/src/pkg/fmt/print.go', data: 'package fmt\n' },
  ])
const sum = (data: Buffer): string => createHash('sha256').update(data).digest('hex')

let files: FileServer
let directory: string
let old: string
beforeEach(async () => {
  files = await serveFiles()
  directory = await temporaryDirectory()
  old = join(directory, `old "files" & $HOME`)
  await mkdir(old)
})
afterEach(() => files.close())

/** A user without any other source: the proxy is off, and the index is an address where nothing answers. */
const closed = (variables: Record<string, string>): Promise<User> =>
  user(directory, { GOPROXY: 'off', GOSUMDB: 'off', GOENV: 'off', HTTPS_PROXY: 'http://127.0.0.1:9', ...variables })

/** The three places that an old archive may come from, each served by this directory or this server. */
const places: [string, () => Record<string, string>][] = [
  ['a mirror directory', () => ({ GONATIVE_MIRROR: old })],
  ['the directory of an old archive', () => ({ GONATIVE_GO_ARCHIVE: old })],
  ['the base URL of an old archive', () => ({ GONATIVE_GO_ARCHIVE: `${files.url}/files` })],
]
async function publish(name: string, data: string | Buffer): Promise<void> {
  await writeFile(join(old, name), data)
  files.files.set(`/files/${name}`, data)
}

describe.each(places)('%s', (_, variables) => {
  it.runIf(process.arch === 'x64')(
    'with a go1.2.1 that is not the one of 2014 is refused by the sha1 of the time',
    async () => {
      const data = archiveOf('1.2.1')
      await publish(known, data)
      const me = await closed(variables())
      const ran = await me.gonative('install', '1.2.1', '--bare', '--allow-unverified')
      expect(ran.code).toBe(3)
      expect(ran.stderr).toMatch(/sha1 is [0-9a-f]{40}, the Go project, in its old list published 7605f577ff6a/)
      expect(await readdir(join(me.home, 'toolchains')).catch(() => [])).toEqual([])
    },
  )

  it('installs a release that only the digest beside it vouches for, and says so', async () => {
    const data = archiveOf('1.1.1')
    await publish(unknown, data)
    await publish(`${unknown}.sha256`, `${sum(data)}\n`)
    const me = await closed(variables())
    expect(await me.gonative('install', '1.1.1', '--bare')).toMatchObject({ code: 0 })
    expect((await me.gonative('exec', '--go', '1.1.1', '--', 'go', 'version')).stdout).toContain('go1.1.1')
    const text = await readFile(join(me.home, 'toolchains/go1.1.1.receipt.json'), 'utf8')
    const { verified } = JSON.parse(text) as Receipt
    expect(verified).toMatchObject([{ by: 'digest', evidence: expect.stringContaining('.sha256') as unknown }])
  })

  it('with neither is refused for want of a voucher', async () => {
    await publish(unknown, archiveOf('1.1.1'))
    const ran = await (await closed(variables())).gonative('install', '1.1.1', '--bare')
    expect(ran.code).toBe(3)
    expect(ran.stderr).toContain('nothing vouches for')
  })
})

it('config.json names the archive as the variable does, and the variable wins', async () => {
  const data = archiveOf('1.1.1')
  await publish(unknown, data)
  await publish(`${unknown}.sha256`, sum(data))
  const me = await closed({})
  await mkdir(me.home, { recursive: true })
  await writeFile(join(me.home, 'config.json'), JSON.stringify({ goArchiveBase: old }))
  const elsewhere = await closed({ GONATIVE_GO_ARCHIVE: join(directory, 'nowhere') })
  expect((await elsewhere.gonative('install', '1.1.1', '--bare')).code).not.toBe(0)
  expect(await me.gonative('install', '1.1.1', '--bare')).toMatchObject({ code: 0 })
})
