/**
 * A context for verifiers alone: the real checks, a memory in a directory, HTTP by Node's own fetch, and a go
 * environment given as a table. The core's context has a store and locks besides, which verdicts don't depend on.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context, HttpResponse } from '../../src/contract/index.js'
import { trust } from '../../src/trust/trust.js'

export type GoEnv = Record<string, string>

/** @param directory where the memory is kept: two contexts over one directory are two runs of one user */
export function trustContext(directory: string, goEnv: GoEnv = {}): Context {
  return {
    env: {},
    host: { os: 'linux', arch: 'amd64' },
    http: { get: httpGet },
    settings: { mirrors: [] },
    trust,
    memory: memoryIn(directory),
    go: { get: async (name) => goEnv[name], proxyGet: (path) => proxyGet(goEnv.GOPROXY ?? 'direct', path) },
    run: async () => ({ code: -1, stdout: '', stderr: '' }),
    note: () => undefined,
    unreachable: (reason, cause) => new Error(reason, { cause }),
  }
}

async function httpGet(url: string): Promise<HttpResponse> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new Error(`${new URL(url).host} can't be reached`, { cause: error })
  })
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: () => response.text(),
    bytes: async () => new Uint8Array(await response.arrayBuffer()),
  }
}

/** The go command's rule for commas; tests here have no pipes. */
async function proxyGet(proxies: string, path: string): Promise<{ base: string; response: HttpResponse } | undefined> {
  for (const base of proxies.split(',')) {
    if (base === 'direct') return undefined
    if (base === 'off') throw new Error('GOPROXY=off')
    const response = await httpGet(base + path)
    if (response.status !== 404 && response.status !== 410) return { base, response }
  }
  return undefined
}

function memoryIn(directory: string): Context['memory'] {
  const fileOf = (name: string): string => join(directory, encodeURIComponent(name))
  const read = (name: string): Promise<string | undefined> => readFile(fileOf(name), 'utf8').catch(() => undefined)
  return {
    read,
    async update(name, change) {
      await mkdir(directory, { recursive: true })
      await writeFile(fileOf(name), await change(await read(name)))
    },
  }
}
