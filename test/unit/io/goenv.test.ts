import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { UnreachableError } from '../../../src/errors.js'
import { goroots } from '../../../src/io/go-at-hand.js'
import { createGoEnvironment } from '../../../src/io/goenv.js'
import { parseProxyList } from '../../../src/io/goproxy.js'
import { temporaryDirectory, testContext, testIo } from '../../support/context.js'
import { serveFiles } from '../../support/files.js'
import type { FileServer } from '../../support/files.js'

async function file(path: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
  await chmod(path, mode)
}

async function serve(files: Record<string, string>): Promise<FileServer> {
  const server = await serveFiles({ files })
  onTestFinished(() => server.close())
  return server
}

async function* none(): AsyncGenerator<string> {
  // No Go on this machine.
}

test('the environment goes before the user’s file, and that before the defaults of a Go at hand', async () => {
  const home = await temporaryDirectory()
  const goroot = join(home, 'goroot')
  await file(join(goroot, 'go.env'), '# comment\nGOPROXY=three\nGOSUMDB=three\n')
  const env: Record<string, string> = { HOME: home }
  const get = async (name: string): Promise<string | undefined> =>
    createGoEnvironment(await testIo({ env }), async () => [goroot], none()).get(name)
  expect(await get('GOPROXY')).toBe('three')
  await file(join(home, '.config/go/env'), 'GOPROXY=old\nGOPROXY=two\r\n')
  expect(await get('GOPROXY')).toBe('two')
  env.GOPROXY = 'one'
  expect(await get('GOPROXY')).toBe('one')
  env.GOPROXY = ''
  expect(await get('GOPROXY')).toBe('two')
  env.GOENV = 'off'
  expect(await get('GOPROXY')).toBe('three')
  await file(join(home, 'my env'), 'GOPROXY=mine\n')
  env.GOENV = join(home, 'my env')
  expect(await get('GOPROXY')).toBe('mine')
  expect(await get('GOSUMDB')).toBe('three')
  expect(await get('GONOPROXY')).toBeUndefined()
})

test('GONOSUMDB is GOPRIVATE where only that is set', async () => {
  const { go } = await testContext({ env: { GOPRIVATE: 'example.com/*' } })
  expect(await go.get('GONOSUMDB')).toBe('example.com/*')
  const both = await testContext({ env: { GOPRIVATE: 'a', GONOSUMDB: 'b' } })
  expect(await both.go.get('GONOSUMDB')).toBe('b')
})

test('a Go without go.env is asked, with nothing of a project in its way', async () => {
  const goroot = join(await temporaryDirectory(), 'go 1.19')
  await file(join(goroot, 'bin/go'), '#!/bin/sh\necho "$1 $2 $GOTOOLCHAIN [$GOFLAGS]"\n', 0o755)
  const { go } = await testContext({ goroots: ['/nowhere', goroot], env: { GOFLAGS: '-new' } })
  expect(await go.get('GOPROXY')).toBe('env GOPROXY local []')
})

test('only a real Go in its own tree is at hand: not a script, not a manager’s link', async () => {
  const directory = await temporaryDirectory()
  await file(join(directory, 'shims/bin/go'), '#!/bin/sh\nexec gonative exec -- go "$@"\n', 0o755)
  await file(join(directory, 'manager/bin/manager'), '\x7fELF', 0o755)
  await mkdir(join(directory, 'links'))
  await symlink(join(directory, 'manager/bin/manager'), join(directory, 'links/go'))
  await file(join(directory, 'real/bin/go'), '\x7fELF', 0o755)
  await mkdir(join(directory, 'bin'))
  await symlink(join(directory, 'real/bin/go'), join(directory, 'bin/go'))
  const PATH = ['shims/bin', 'links', 'bin'].map((name) => join(directory, name)).join(':')
  const found: string[] = []
  for await (const goroot of goroots({ env: { PATH, HOME: directory }, host: { os: 'plan9', arch: '386' } }))
    found.push(goroot)
  expect(found[0]).toBe(join(directory, 'real'))
  expect(found.join()).not.toContain('manager')
})

test('GOPROXY lists are read as the go command reads them', () => {
  const list = (text: string): string[] => parseProxyList(text).map((p) => `${p.url}${p.onAnyFailure ? ' |' : ''}`)
  expect(list('https://a/, http://b|direct,https://never')).toEqual(['https://a', 'http://b |', 'direct'])
  expect(list('proxy.example.com/go')).toEqual(['https://proxy.example.com/go'])
  expect(list('file:///a b/')).toEqual(['file:///a b'])
  expect(list('off,https://never')).toEqual(['off'])
  expect(list(' , |')).toEqual([])
})

test('after a comma the next proxy is asked on 404 and 410 only, after a pipe on anything', async () => {
  const [first, second] = [await serve({}), await serve({ '/m/@v/list': 'v1' })]
  const ask = async (GOPROXY: string): Promise<string | undefined> =>
    (await (await testContext({ env: { GOPROXY } })).go.proxyGet('m/@v/list'))?.base
  expect(await ask(`${first.url},${second.url}/`)).toBe(second.url)
  first.fault('/m/@v/list', { status: 410 })
  expect(await ask(`${first.url},${second.url}`)).toBe(second.url)
  first.fault('/m/@v/list', { status: 403, body: 'blocked by policy\n' })
  expect(await ask(`${first.url}|${second.url}`)).toBe(second.url)
  const refusal = ask(`${first.url.replace('//', '//me:secret@')},${second.url}`)
  await expect(refusal).rejects.toBeInstanceOf(UnreachableError)
  await expect(refusal).rejects.toThrow(`${first.url}/ answered m/@v/list with status 403: blocked by policy`)
  await expect(refusal).rejects.not.toThrow('secret')
  await first.close()
  await expect(ask(`${first.url},${second.url}`)).rejects.toThrow('connection refused')
  expect(await ask(`${first.url}|${second.url}`)).toBe(second.url)
  await expect(ask(`${first.url}|direct`)).rejects.toThrow('connection refused')
})

test('nothing found anywhere is undefined; off, an empty list and a word are errors that say so', async () => {
  const empty = await serve({})
  const ask = async (GOPROXY: string): Promise<unknown> =>
    (await testContext({ env: { GOPROXY } })).go.proxyGet('m/@v/list')
  expect(await ask(`${empty.url},direct`)).toBeUndefined()
  expect(await ask('direct')).toBeUndefined()
  await expect(ask('off')).rejects.toThrow('GOPROXY=off')
  await expect(ask(`${empty.url},off`)).rejects.toThrow('GOPROXY=off')
  await expect(ask(',')).rejects.toThrow('names no proxy')
  await expect(ask('proxy')).rejects.toThrow('"proxy", which is not a URL')
  for (const list of ['off', ',', 'proxy']) await expect(ask(list)).rejects.toBeInstanceOf(UnreachableError)
})

test('file: proxies work, with spaces in their paths', async () => {
  const directory = await temporaryDirectory()
  await file(join(directory, 'm/@v/list'), 'v1.0.0\n')
  const base = pathToFileURL(directory).href
  const { go } = await testContext({ env: { GOPROXY: `${base}/` } })
  const found = await go.proxyGet('m/@v/list')
  expect([found?.base, await found?.response.text()]).toEqual([base, 'v1.0.0\n'])
  expect(await go.proxyGet('m/@v/v2.info')).toBeUndefined()
})
