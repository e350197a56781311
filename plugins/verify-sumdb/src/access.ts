/**
 * The way to a database: through the first proxy that says it serves it, else directly. A proxy that does serve it is
 * never gone round (https://go.dev/design/25530-sumdb#proxying-a-checksum-database).
 */
import type { Context, HttpResponse } from 'gonative/contract'
import type { Database } from './database.js'

/** The database did not answer, or not with a document: nothing is known, good or bad. */
export class NoAnswer extends Error {}

export interface Access {
  /**
   * @param path in the database, `lookup/…` or `tile/…`
   * @returns undefined when the database says that it has no such thing (404, 410)
   * @throws NoAnswer
   */
  get(path: string): Promise<Uint8Array | undefined>
}

/** @throws NoAnswer when the proxies can't be asked */
export async function reach(database: Database, context: Context): Promise<Access> {
  const base = database.url ?? (await proxied(database, context)) ?? `https://${database.name}`
  return { get: (path) => ask(path, () => context.http.get(`${base}/${path}`)) }
}

async function proxied({ name }: Database, { go }: Context): Promise<string | undefined> {
  // For a database `off` ends the list as `direct` does; for modules it is an error, which proxyGet would raise.
  if ((await go.get('GOPROXY')) === 'off') return undefined
  const path = `/sumdb/${name}/supported`
  let found: { base: string; response: HttpResponse } | undefined
  try {
    found = await go.proxyGet(path)
  } catch (error) {
    throw noAnswer(error)
  }
  if (found === undefined) return undefined
  if (found.response.status !== 200)
    throw new NoAnswer(`the proxy answers ${path} with status ${found.response.status}`)
  return `${found.base}/sumdb/${name}`
}

async function ask(path: string, request: () => Promise<HttpResponse>): Promise<Uint8Array | undefined> {
  try {
    const response = await request()
    if (response.status === 200) return await response.bytes()
    if (response.status === 404 || response.status === 410) return undefined
    throw new NoAnswer(`${path} is answered with status ${response.status}`)
  } catch (error) {
    throw noAnswer(error)
  }
}

function noAnswer(error: unknown): NoAnswer {
  if (error instanceof NoAnswer) return error
  return new NoAnswer(error instanceof Error ? error.message : String(error), { cause: error })
}
