/** One GET over http or https: redirects, proxies, credentials, timeouts, and a second and third try. */
import type { Dispatcher } from 'undici'
import { setTimeout as sleep } from 'node:timers/promises'
import { UnreachableError } from '../errors.js'
import { codeOf, isPassing, noAnswer } from './failure.js'
import { redact } from './redact.js'

type Environment = Readonly<Record<string, string | undefined>>
export type Answer = Dispatcher.ResponseData
export type Headers = Record<string, string>

export interface Requester {
  /**
   * Sends a GET and hands the answer to `read`, from the start again when the connection breaks meanwhile.
   * @throws UnreachableError when there is no answer.
   */
  send<T>(url: string, headers: Headers, read: (answer: Answer) => Promise<T> | T): Promise<T>
}

/** Milliseconds. A proxy that has to fetch a module itself first may take long to answer. */
const timeouts = { connect: 30_000, answer: 30_000, stall: 60_000 }
const pauses = [200, 800]
const mostRedirects = 10
const busy = new Set([429, 500, 502, 503, 504])

/** HTTP_PROXY may lack its scheme, as curl and Go allow. */
function proxyOf(env: Environment, name: string): string {
  const value = env[name.toLowerCase()] ?? env[name] ?? ''
  return value === '' || value.includes('://') ? value : `http://${value}`
}

async function dispatcherFor(env: Environment): Promise<Dispatcher> {
  const { EnvHttpProxyAgent } = await import('undici')
  return new EnvHttpProxyAgent({
    httpProxy: proxyOf(env, 'HTTP_PROXY'),
    httpsProxy: proxyOf(env, 'HTTPS_PROXY'),
    noProxy: env.no_proxy ?? env.NO_PROXY ?? '',
    connect: { timeout: timeouts.connect },
    headersTimeout: timeouts.answer,
    bodyTimeout: timeouts.stall,
  })
}

/** A URL's user and password become a header: they are of no use to a server in the URL. */
function withoutUser(url: URL, headers: Headers): { target: URL; sent: Headers } {
  const target = new URL(url)
  if (url.username === '' && url.password === '') return { target, sent: headers }
  target.username = ''
  target.password = ''
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return { target, sent: { ...headers, authorization: `Basic ${Buffer.from(pair).toString('base64')}` } }
}

async function follow(url: string, headers: Headers, dispatcher: Dispatcher): Promise<Answer> {
  const { request } = await import('undici')
  let { target, sent } = withoutUser(new URL(url), headers)
  for (let turns = 0; turns <= mostRedirects; turns++) {
    const answer = await request(target, { dispatcher, headers: sent })
    const location = answer.headers.location
    if (![301, 302, 303, 307, 308].includes(answer.statusCode) || typeof location !== 'string') return answer
    await answer.body.dump()
    const next = new URL(location, target)
    if (next.protocol !== 'http:' && next.protocol !== 'https:')
      throw new UnreachableError(`${redact(url)} redirects to ${next.protocol}, which is not followed`)
    if (target.protocol === 'https:' && next.protocol === 'http:')
      throw new UnreachableError(`${redact(url)} redirects from https to http (${redact(next.href)})`)
    // What authorizes at one host must not be shown to another.
    const kept = next.host === target.host ? sent : headersWithout(sent, 'authorization')
    ;({ target, sent } = withoutUser(next, kept))
  }
  throw new UnreachableError(`${redact(url)} redirects more than ${mostRedirects} times`)
}

function headersWithout(headers: Headers, name: string): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key.toLowerCase() !== name))
}

/** Makes what sends requests, with one set of connections, through the proxies that the environment names. */
export function createRequester(env: Environment): Requester {
  let dispatcher: Promise<Dispatcher> | undefined
  return {
    async send(url, headers, read) {
      dispatcher ??= dispatcherFor(env)
      for (const pause of [...pauses, undefined]) {
        try {
          const answer = await follow(url, headers, await dispatcher)
          if (pause === undefined || !busy.has(answer.statusCode)) return await read(answer)
          await answer.body.dump()
        } catch (error) {
          if (pause === undefined || !isPassing(error)) throw noAnswer(url, describe(error))
        }
        await sleep(pause)
      }
      throw new UnreachableError(`${redact(url)}: no answer`)
    },
  }
}

/** A URL that can't be parsed is the user's, and its message holds it whole: with the password. */
function describe(error: unknown): unknown {
  return codeOf(error) === 'ERR_INVALID_URL' ? new Error('not a URL') : error
}
