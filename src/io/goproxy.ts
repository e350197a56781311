/** GOPROXY lists, read and walked by the go command's rules (cmd/go/internal/modfetch/proxy.go). */
import { isAbsolute } from 'node:path'
import type { Http, HttpResponse } from '../contract/index.js'
import { messageOf, UnreachableError } from '../errors.js'
import { redact } from './redact.js'

/** An entry of a list, and whether any failure of it leads to the next: what a pipe after it means. */
export interface Proxy {
  url: string
  onAnyFailure: boolean
}

/** A proxy answered, and said no. */
export class ProxyRefusal extends UnreachableError {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message)
  }
}

/** Splits a GOPROXY list. `off` and `direct` end it; they stay in it as they are. */
export function parseProxyList(list: string): Proxy[] {
  const proxies: Proxy[] = []
  for (const [, text = '', end] of list.matchAll(/([^,|]*)([,|]|$)/g)) {
    const entry = text.trim()
    if (entry === '') continue
    proxies.push({ url: withScheme(entry).replace(/\/+$/, ''), onAnyFailure: end === '|' })
    if (entry === 'off' || entry === 'direct') break
  }
  return proxies
}

/** `proxy.example.com/go` means https; a path or a single word does not become a URL. */
function withScheme(entry: string): string {
  return /[.:/]/.test(entry) && !entry.includes(':/') && !isAbsolute(entry) ? `https://${entry}` : entry
}

/**
 * Asks a list's proxies for a path in turn. Undefined when all say 404 or 410, or `direct` comes first.
 * @throws UnreachableError for `off`, an empty list, and a proxy that fails or refuses where the list says to stop.
 */
export async function proxyGet(
  http: Http,
  list: string,
  path: string,
): Promise<{ base: string; response: HttpResponse } | undefined> {
  const proxies = parseProxyList(list)
  if (proxies.length === 0) throw new UnreachableError('GOPROXY is set, but names no proxy')
  let failure: UnreachableError | undefined
  for (const { url: base, onAnyFailure } of proxies) {
    if (base === 'direct') break
    if (base === 'off') throw failure ?? new UnreachableError('GOPROXY=off: the module proxy may not be asked')
    try {
      const response = await ask(http, base, path)
      if (response !== undefined) return { base, response }
    } catch (error) {
      const reason = error instanceof UnreachableError ? error : new UnreachableError(messageOf(error), error)
      if (!onAnyFailure) throw failure ?? reason
      // The first failure says more than those after it, or than "not found" of a proxy of last resort.
      failure ??= reason
    }
  }
  if (failure !== undefined) throw failure
  return undefined
}

/** @returns undefined for 404 and 410. */
async function ask(http: Http, base: string, path: string): Promise<HttpResponse | undefined> {
  if (!/^(https?|file):\//.test(base)) throw new UnreachableError(`GOPROXY names "${redact(base)}", which is not a URL`)
  const response = await http.get(`${base}/${path.replace(/^\/+/, '')}`)
  if (response.status === 200) return response
  if (response.status === 404 || response.status === 410) return undefined
  const said = (await response.text()).split('\n')[0]?.slice(0, 200).trim() ?? ''
  const why = said === '' ? '' : `: ${said}`
  throw new ProxyRefusal(
    `the module proxy ${redact(base)} answered ${path} with status ${response.status}${why}`,
    response.status,
  )
}
