import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hash1, type HashedFile } from '../../../plugins/verify-sumdb/src/hash1.js'
import verifier from '../../../plugins/verify-sumdb/src/verifier.js'
import type { Archive, Verdict } from '../../../src/contract/index.js'
import { serveSumdb, SumdbLog, type Sumdb, type SumdbServer } from '../../support/sumdb.js'
import { trustContext, type GoEnv } from '../../support/trust-context.js'

const path = 'golang.org/toolchain'
const version = 'v0.0.1-go1.27.4.linux-amd64'
const fileOf = (name: string, text = name): HashedFile => ({
  name,
  sha256: createHash('sha256').update(text).digest('hex'),
})
const files = ['VERSION', 'bin/go', 'src/go.mod', 'src/cmd/vendor/modules.txt', 'lib/wasm/go.mod.txt']
const inModule = files.map((name) => fileOf(`${path}@${version}/${name.replace(/\/go\.mod$/, '/_go.mod')}`, name))
const moduleZip: Archive = {
  name: `${version}.zip`,
  urls: [],
  format: 'zip',
  prefix: `${path}@${version}/`,
  digests: [],
  module: { path, version },
}
const distribution: Archive = {
  name: 'go1.27.4.linux-amd64.tar.gz',
  urls: [],
  format: 'tar.gz',
  prefix: 'go/',
  digests: [],
}
const inDistribution = [
  ...files.map((name) => fileOf(`go/${name}`, name)),
  ...['api/go1.txt', 'doc/go_spec.html', 'misc/go.mod', 'test/a.go'].map((name) => fileOf(`go/${name}`)),
]

let server: SumdbServer
let sumdb: Sumdb
let directory: string

beforeEach(async () => {
  server = await serveSumdb()
  sumdb = server.sumdb
  sumdb.add(path, version, hash1(inModule))
  sumdb.log.fill(700)
  directory = await mkdtemp(join(tmpdir(), 'gonative sumdb "$x" '))
})
afterEach(async () => {
  await server.close()
  await rm(directory, { recursive: true })
})

interface Asked {
  env?: GoEnv
  archive?: Archive
  contents?: HashedFile[]
  release?: string
}

function verify({
  env = {},
  archive = moduleZip,
  contents = inModule,
  release = '1.27.4',
}: Asked = {}): Promise<Verdict> {
  const context = trustContext(directory, { GOPROXY: server.url, GOSUMDB: sumdb.key, ...env })
  const measured = { digests: {}, size: 1, contents }
  return verifier.verify(archive, { tool: 'go', version: release }, context.host, measured, context)
}

const verified = {
  status: 'verified',
  evidence: `${hash1(inModule)} in the checksum database sum.example.org, record 600 of 700, signature and inclusion proof checked`,
}

describe('a module zip', () => {
  test('with the published h1 is verified, with the record and the proofs as evidence', async () => {
    expect(await verify()).toEqual(verified)
    expect(sumdb.requests.slice(0, 2)).toEqual([
      '/sumdb/sum.example.org/supported',
      `/sumdb/sum.example.org/lookup/${path}@${version}`,
    ])
    expect(new Set(sumdb.requests).size).toBe(sumdb.requests.length)
  })

  test('with one file changed is rejected, with what was expected and found', async () => {
    const contents = [fileOf(`${path}@${version}/VERSION`, 'another'), ...inModule.slice(1)]
    const reason = expect.stringMatching(
      /not the published ones: found h1:.*, expected: golang.org\/toolchain@.* is h1:/,
    ) as unknown
    expect(await verify({ contents })).toEqual({ status: 'rejected', reason })
    expect(await verify({ contents: inModule.slice(1) })).toMatchObject({ status: 'rejected' })
  })

  test('without a record is not known to the database', async () => {
    const module = { path, version: 'v0.0.1-go9.99.linux-amd64' }
    expect(await verify({ archive: { ...moduleZip, module } })).toEqual({
      status: 'not-applicable',
      reason: `sum.example.org has no record of ${path}@v0.0.1-go9.99.linux-amd64`,
    })
  })

  test('whose contents were not measured is an error', async () => {
    const context = trustContext(directory, { GOPROXY: server.url, GOSUMDB: sumdb.key })
    const release = { tool: 'go', version: '1.27.4' }
    const unread = verifier.verify(moduleZip, release, context.host, { digests: {}, size: 1 }, context)
    await expect(unread).rejects.toThrow('not measured')
  })
})

describe('a database that lies', () => {
  test('in the record is refused by the inclusion proof', async () => {
    sumdb.lie = 'record'
    await expect(verify()).rejects.toThrow(/served as record 600 is not the one in the signed tree .* inclusion fails/)
  })

  test("in the note's signature is refused by that", async () => {
    sumdb.lie = 'signature'
    await expect(verify()).rejects.toThrow("the note's signature by sum.example.org+")
    // Nothing is believed before the signature is: no tile has been asked for.
    expect(sumdb.requests.filter((request) => request.includes('/tile/'))).toEqual([])
  })

  test('in a tile is refused by name', async () => {
    sumdb.lie = 'tile'
    await expect(verify()).rejects.toThrow('tile/8/0/002.p/188')
    await expect(readdir(directory)).resolves.toEqual([])
  })

  test('by showing another history than before is refused, and what was seen stays remembered', async () => {
    sumdb.size = 650
    await verify()
    const [remembered] = await readdir(directory)
    const before = await readFile(join(directory, remembered ?? ''), 'utf8')
    sumdb.fork()
    for (const size of [650, 700]) {
      sumdb.size = size
      await expect(verify()).rejects.toThrow('the log showed two faces')
    }
    expect(await readFile(join(directory, remembered ?? ''), 'utf8')).toBe(before)
  })

  test('by signing with another key than configured is an unknown key', async () => {
    const other = await serveSumdb()
    try {
      await expect(verify({ env: { GOSUMDB: other.sumdb.key } })).rejects.toThrow('signed by an unknown key')
    } finally {
      await other.close()
    }
  })

  test('by answering with something else is refused', async () => {
    sumdb.answer = (asked) => Buffer.from(asked.endsWith('supported') ? '' : '<html>sign in</html>')
    await expect(verify()).rejects.toThrow('answer of the checksum database is malformed')
  })
})

describe('the tree head', () => {
  const remembered = async (): Promise<string> => {
    const [name = '', ...others] = await readdir(directory)
    expect(others).toEqual([])
    return readFile(join(directory, name), 'utf8')
  }

  test('is remembered as the signed note, grows with the log, and does not go back with a server that lags', async () => {
    for (const [size, seen] of [
      [640, 640],
      [700, 700],
      [650, 700],
    ] as const) {
      sumdb.size = size
      expect(await verify()).toMatchObject({ status: 'verified' })
      expect(await remembered()).toBe(sumdb.log.signedHead(seen))
    }
  })

  test('that another process remembered meanwhile is checked too', async () => {
    sumdb.size = 650
    const context = trustContext(directory, { GOPROXY: server.url, GOSUMDB: sumdb.key })
    const { memory } = context
    const faster = sumdb.log.forked().signedHead(640)
    context.memory = {
      read: (name) => memory.read(name),
      update: (name, change) => memory.update(name, async () => change(faster)),
    }
    const release = { tool: 'go', version: '1.27.4' }
    const contents = { digests: {}, size: 1, contents: inModule }
    await expect(verifier.verify(moduleZip, release, context.host, contents, context)).rejects.toThrow('two faces')
  })

  test('that is damaged on disk is refused and named', async () => {
    await trustContext(directory).memory.update(`${sumdb.key.split('+').slice(0, 2).join('+')}.head`, () => 'damaged\n')
    await expect(verify()).rejects.toThrow(/tree head remembered as sum\.example\.org.*malformed/)
  })
})

describe('the way to the database', () => {
  test('is the URL in GOSUMDB when it has one, and then no proxy is asked', async () => {
    const GOSUMDB = `${sumdb.key} ${server.url}/sumdb/${sumdb.name}/`
    expect(await verify({ env: { GOSUMDB, GOPROXY: 'http://127.0.0.1:1' } })).toEqual(verified)
    expect(sumdb.requests[0]).toContain('/lookup/')
  })

  test('is the next proxy when one does not serve the database', async () => {
    const other = await serveSumdb()
    try {
      other.sumdb.answer = () => undefined
      expect(await verify({ env: { GOPROXY: `${other.url},${server.url}` } })).toEqual(verified)
    } finally {
      await other.close()
    }
  })

  test('asks for a full tile where the partial one is gone', async () => {
    sumdb.size = 650
    sumdb.log.fill(768)
    sumdb.forgetsPartial = true
    expect(await verify()).toMatchObject({ status: 'verified' })
    expect(sumdb.requests).toContain(`/sumdb/${sumdb.name}/tile/8/0/002`)
  })

  const nobody = new SumdbLog('127.0.0.1:1').key
  test.each<[string, GoEnv]>([
    ['a proxy that does not answer', { GOPROXY: 'http://127.0.0.1:1' }],
    ['a database that does not answer', { GOPROXY: 'direct', GOSUMDB: nobody }],
    ['a database that does not answer, for want of proxies', { GOPROXY: 'off', GOSUMDB: nobody }],
    ['a URL that does not answer', { GOSUMDB: `${nobody} http://127.0.0.1:1` }],
  ])('may end at %s: nothing is known then, good or bad', async (_, env) => {
    const reason = expect.stringMatching(/^checksum database unreachable: 127\.0\.0\.1:1 can't be reached$/) as unknown
    expect(await verify({ env })).toEqual({ status: 'not-applicable', reason })
  })

  test('may end at a tile that is not there', async () => {
    const answer = sumdb.answer.bind(sumdb)
    sumdb.answer = (asked) => (asked.includes('/tile/') ? undefined : answer(asked))
    expect(await verify()).toMatchObject({
      status: 'not-applicable',
      reason: expect.stringMatching(/unreachable: it has no tile.*which the proof needs/) as unknown,
    })
  })
})

describe('no database is asked', () => {
  test.each<[string, GoEnv]>([
    ['with GOSUMDB=off', { GOSUMDB: 'off' }],
    ['with the module in GONOSUMDB', { GONOSUMDB: 'example.org,golang.org/toolchain' }],
    ['with its host in GOPRIVATE', { GOPRIVATE: '*.org' }],
  ])('%s, and the verdict says so', async (_, env) => {
    const [name = ''] = Object.keys(env)
    expect(await verify({ env })).toMatchObject({
      status: 'not-applicable',
      reason: expect.stringContaining(name) as unknown,
    })
    expect(sumdb.requests).toEqual([])
  })

  test('but neither GONOSUMCHECK nor GOFLAGS=-insecure keeps a lie from being refused', async () => {
    sumdb.lie = 'record'
    const env = { GONOSUMCHECK: '1', GOFLAGS: '-insecure', GOINSECURE: '*' }
    await expect(verify({ env })).rejects.toThrow('inclusion fails')
  })

  test.each(['sum.example.org url more', 'a/../b', 'https://sum.golang.org'])(
    'but %s is no GOSUMDB',
    async (GOSUMDB) => {
      await expect(verify({ env: { GOSUMDB } })).rejects.toThrow('GOSUMDB')
    },
  )
})

describe("one of Go's own archives", () => {
  test('is verified as the toolchain module that is made of the same files', async () => {
    expect(await verify({ archive: distribution, contents: inDistribution })).toEqual(verified)
  })

  test('with one file changed is rejected', async () => {
    const contents = [...inDistribution, fileOf('go/bin/more')]
    expect(await verify({ archive: distribution, contents })).toMatchObject({ status: 'rejected' })
  })

  test('for linux-armv6l is the module for linux-arm, and windows comes as a zip', async () => {
    for (const [name, platform] of [
      ['go1.27.4.linux-armv6l.tar.gz', 'linux-arm'],
      ['go1.27.4.windows-amd64.zip', 'windows-amd64'],
    ] as const) {
      const archive: Archive = { ...distribution, name }
      expect(await verify({ archive, contents: inDistribution })).toMatchObject({
        reason: `sum.example.org has no record of ${path}@v0.0.1-go1.27.4.${platform}`,
      })
    }
  })

  test.each<[string, string, Partial<Archive>]>([
    ['before 1.21, which was made another way', '1.20.14', { name: 'go1.20.14.linux-amd64.tar.gz' }],
    ['of the source', '1.27.4', { name: 'go1.27.4.src.tar.gz' }],
    ['with another prefix', '1.27.4', { prefix: '' }],
  ])('%s is not known to the database', async (_, release, change) => {
    expect(await verify({ archive: { ...distribution, ...change }, release })).toMatchObject({
      status: 'not-applicable',
    })
    expect(sumdb.requests).toEqual([])
  })
})
