import { access, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeTarGz, makeZip, type ZipMember } from '../support/archives.js'
import { user, type User } from '../support/cli.js'
import { temporaryDirectory } from '../support/context.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'

let proxy: GoProxy
let zip: string
beforeAll(async () => {
  proxy = await serveGo()
  zip = proxy.publish('1.98.1')
  proxy.publish('1.98.2')
  proxy.publish('1.97.5')
})
afterAll(() => proxy.close())

let me: User
beforeEach(async () => {
  me = await user(join(await temporaryDirectory(), `it's a "store" & $HOME`), proxy.env)
})

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
/** What is in the store that a refused install must leave as it was. */
const store = async (): Promise<string[]> => {
  const rooms = ['toolchains', 'compilers', 'grafts', 'staging', 'cache/downloads']
  const found = await Promise.all(rooms.map((room) => readdir(join(me.home, room)).catch(() => [])))
  return found.flat()
}

describe('install', () => {
  it('installs a verified version, makes the first the default, and runs it through exec and shim', async () => {
    const ran = await me.gonative('install', '1.98.1', '--bare')
    expect(ran).toMatchObject({ code: 0, stdout: 'installed go 1.98.1 from goproxy, verified by sumdb\n' })
    expect((await me.gonative('exec', '--', 'go', 'version')).stdout).toMatch(/^go version go1\.98\.1 /)
    expect((await me.run('go', ['version'])).stdout).toMatch(/^go version go1\.98\.1 /)
    expect((await me.run('gofmt', ['-l'])).stdout).toBe('gofmt -l\n')
    // A module zip's _go.mod is go.mod again, and what was downloaded is gone.
    expect(await readFile(join(me.home, 'toolchains/go1.98.1/src/go.mod'), 'utf8')).toBe('module std\n')
    expect(await readdir(join(me.home, 'cache/downloads'))).toEqual([])
  })

  it('takes the newest patch of a line, and says so when it is there already', async () => {
    expect((await me.gonative('install', '1.98', '--bare')).stdout).toContain('installed go 1.98.2')
    expect((await me.gonative('install', '1.98', '--bare')).stdout).toBe('go 1.98.2 is installed already\n')
    expect((await me.gonative('install', 'latest', '--bare')).stdout).toBe('go 1.98.2 is installed already\n')
  })

  it('writes an archive of many files by several threads, and measures every one of them', async () => {
    proxy.publish('1.96.1', { more: 700 })
    expect(await me.gonative('install', '1.96.1', '--bare')).toMatchObject({ code: 0 })
    expect(await me.gonative('verify', '1.96.1')).toMatchObject({ code: 0 })
    expect(await readdir(join(me.home, 'toolchains/go1.96.1/src/filler'))).toHaveLength(700)
  })

  it('refuses an archive of many files for one of them, whichever thread meets it, and leaves nothing', async () => {
    const many: ZipMember[] = Array.from({ length: 700 }, (_, n) => ({ name: `src/f${n}.go`, data: `package f${n}\n` }))
    const lies = { name: 'src/lie.go', data: 'package lie\n', says: { crc: 1 } }
    proxy.publish('1.96.2', { members: many.toSpliced(650, 1, lies) })
    const ran = await me.gonative('install', '1.96.2', '--bare')
    expect(ran).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('src/lie.go": its checksum is wrong') as string,
    })
    expect(await store()).toEqual([])
  })

  it('names the nearest versions when one does not exist, with exit 5', async () => {
    const ran = await me.gonative('install', '9.99', '--bare')
    expect(ran.code).toBe(5)
    expect(ran.stderr).toContain('no source has go 9.99')
    expect(ran.stderr).toContain('1.97.5, 1.98.2')
    expect(await store()).toEqual([])
  })

  it('refuses what is no version, before anything is asked of a source', async () => {
    const before = proxy.files.seen.length
    for (const text of ['../1.98.1', '-x', '1.98.1;id', '/etc/passwd', '']) {
      expect((await me.gonative('install', '--bare', '--', text)).code).toBe(2)
    }
    expect(proxy.files.seen.length).toBe(before)
  })

  it('with every source unreachable is exit 4 naming each, and what is installed goes on working', async () => {
    await me.gonative('install', '1.98.1', '--bare')
    const offline = await user(join(me.home, '..'), {
      ...proxy.env,
      GOPROXY: 'http://127.0.0.1:1',
      GONATIVE_MIRROR: 'http://127.0.0.1:1/m',
    })
    const ran = await offline.gonative('install', '1.98.2', '--bare')
    expect(ran.code).toBe(4)
    for (const source of ['mirror', 'goproxy', 'go-index']) expect(ran.stderr).toContain(`${source}: `)
    expect((await offline.run('go', ['version'])).stdout).toContain('go1.98.1')
    expect((await offline.gonative('list')).stdout).toContain('1.98.1')
    expect((await offline.gonative('install', '1.98.1', '--bare')).code).toBe(0)
  })

  it('verify names what has changed in the store, with exit 3', async () => {
    await me.gonative('install', '1.98.1', '--bare')
    expect((await me.gonative('verify')).stdout).toBe('go 1.98.1: all 4 files are as installed\n')
    const tree = join(me.home, 'toolchains/go1.98.1')
    await writeFile(join(tree, 'VERSION'), 'go1.98.x\n')
    await rm(join(tree, 'bin/gofmt'))
    await writeFile(join(tree, 'src/evil.go'), 'package main\n')
    const ran = await me.gonative('verify', '1.98.1')
    expect(ran.code).toBe(3)
    for (const line of ['changed  VERSION', 'missing  bin/gofmt', 'added  src/evil.go'])
      expect(ran.stdout).toContain(line)
  })

  it('uninstall removes it, its alias and its default; a second time is exit 5', async () => {
    await me.gonative('install', '1.98.1', '1.97.5', '--bare')
    expect((await me.gonative('use', '1.98.1')).code).toBe(0)
    const ran = await me.gonative('uninstall', '1.98.1')
    expect(ran).toMatchObject({ code: 0, stdout: 'uninstalled go 1.98.1\n' })
    expect(ran.stderr).toContain('the default is gone, and there is none now; run: gonative use 1.97.5')
    expect(await readdir(join(me.home, 'toolchains'))).toEqual([
      '1.97',
      'go1.97.5',
      'go1.97.5.files',
      'go1.97.5.receipt.json',
    ])
    expect((await me.run('go', ['version'])).code).toBe(5)
    const again = await me.gonative('uninstall', '1.98.1')
    expect(again.code).toBe(5)
    expect(again.stderr).toContain('go 1.98.1 is not installed')
    expect(await exists(join(me.home, 'env/go1.98.1'))).toBe(false)
  })
})

describe('one flipped byte', () => {
  const refused = async (what: RegExp): Promise<void> => {
    const before = await store()
    const ran = await me.gonative('install', '1.98.1', '--bare', '--allow-unverified')
    expect(ran.stderr).toMatch(what)
    expect(ran.code).toBe(3)
    expect(await store()).toEqual(before)
  }

  it('in the served zip is refused, naming the hash', async () => {
    await me.gonative('install', '1.97.5', '--bare')
    // In a byte of bin/go, which is stored as it is; that the zip's own sum is wrong is seen even before h1 is.
    const at = Buffer.from(proxy.files.files.get(zip) ?? '').indexOf('go version go')
    proxy.files.fault(zip, { flip: at, times: 1 })
    await refused(/damaged: .*bin\/go/)
  })

  it('in a file, with the zip made anew around it, is refused by its hash', async () => {
    const honest = proxy.files.files.get(zip) ?? ''
    const prefix = 'golang.org/toolchain@v0.0.1-go1.98.1.linux-amd64/'
    proxy.files.files.set(zip, makeZip([{ name: `${prefix}bin/go`, data: '#!/bin/sh\necho go version go1.98.2\n' }]))
    await refused(/refused by sumdb: .*h1:/)
    proxy.files.files.set(zip, honest)
  })

  it('in the h1 record is refused, naming the record', async () => {
    proxy.sumdb.sumdb.lie = 'record'
    await refused(/record/)
  })

  it('in the signature of the tree head is refused, naming the signature', async () => {
    proxy.sumdb.sumdb.lie = 'signature'
    await refused(/signature/)
  })

  it('in a tile is refused, naming the tile', async () => {
    proxy.sumdb.sumdb.lie = 'tile'
    await refused(/tile/)
  })

  beforeEach(() => {
    proxy.sumdb.sumdb.lie = undefined
  })
})

describe('a hostile archive', () => {
  const name = 'go1.98.9.linux-amd64'
  const cases: [string, string, Buffer][] = [
    ['a zip with ../', `v0.0.1-${name}.zip`, makeZip([{ name: '../evil', data: 'x' }])],
    ['a zip with an absolute path', `v0.0.1-${name}.zip`, makeZip([{ name: '/tmp/evil', data: 'x' }])],
    ['a tar with ../', `${name}.tar.gz`, makeTarGz([{ name: 'go/../../../evil', data: 'x' }])],
    ['a tar with a device', `${name}.tar.gz`, makeTarGz([{ name: 'go/null', type: '3' }])],
    [
      'a tar with a name twice',
      `${name}.tar.gz`,
      makeTarGz([
        { name: 'go/a', data: 'x' },
        { name: 'go/a', data: 'y' },
      ]),
    ],
    [
      'a tar with a link out and a file through it',
      `${name}.tar.gz`,
      makeTarGz([
        { name: 'go/out', type: '2', target: '../../../..' },
        { name: 'go/out/evil', data: 'x' },
      ]),
    ],
  ]

  it.each(cases)('%s is refused even with --allow-unverified, and nothing is left', async (_, file, data) => {
    const mirror = await temporaryDirectory()
    await writeFile(join(mirror, file), data)
    const here = join(me.home, '..')
    const closed = await user(here, { ...proxy.env, GOPROXY: 'off', GONATIVE_MIRROR: mirror })
    const ran = await closed.gonative('install', '1.98.9', '--bare', '--allow-unverified')
    expect(ran.code).toBe(3)
    expect(ran.stderr).toContain(`${file} is refused: its entry`)
    expect(await store()).toEqual([])
    expect((await readdir(here, { recursive: true })).filter((path) => path.includes('evil'))).toEqual([])
  })
})

describe('a mirror without digests', () => {
  it('is refused; with --allow-unverified it is installed, and list shows it', async () => {
    const mirror = await temporaryDirectory()
    const name = zip.slice(zip.lastIndexOf('/') + 1)
    await writeFile(join(mirror, name), proxy.files.files.get(zip) ?? '')
    const closed = await user(join(me.home, '..'), {
      ...proxy.env,
      GOSUMDB: 'off',
      GOPROXY: 'off',
      GONATIVE_MIRROR: mirror,
    })
    const ran = await closed.gonative('install', '1.98.1', '--bare')
    expect(ran.code).toBe(3)
    expect(ran.stderr).toContain('nothing vouches for')
    expect(await store()).toEqual([])
    const allowed = await closed.gonative('install', '1.98.1', '--bare', '--allow-unverified')
    expect(allowed).toMatchObject({ code: 0, stdout: 'installed go 1.98.1 from mirror, UNVERIFIED\n' })
    expect((await closed.gonative('list')).stdout).toMatch(/1\.98\.1\s+mirror\s+NO/)
    // The mirror's own file is the user's: it stays.
    expect(await readdir(mirror)).toEqual([name])
  })
})
