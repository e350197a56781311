/** http, https and file: URLs behind the two interfaces that the rest of gonative knows: documents and downloads. */
import type { Http, HttpResponse } from '../contract/index.js'
import { UnreachableError } from '../errors.js'
import { downloadHttp } from './download.js'
import { noAnswer } from './failure.js'
import { downloadFileUrl, readFileUrl } from './file-url.js'
import type { Downloads } from './io.js'
import { redact } from './redact.js'
import { createRequester } from './request.js'
import type { Answer, Headers } from './request.js'

/** Bytes. Documents are indexes, records and tiles; what is larger is a mistake or an attack. */
const largest = 64 * 1024 * 1024

/** Makes the web as this environment sees it (HTTP_PROXY, HTTPS_PROXY, NO_PROXY). Nothing is loaded until it is used. */
export function createHttp(env: Readonly<Record<string, string | undefined>>): Http & Downloads {
  const requester = createRequester(env)
  return {
    async get(url, options) {
      if (isFile(url)) return fromFile(url)
      const headers = { ...options?.headers }
      return requester.send(url, headers, (answer) => whole(url, answer, headers))
    },
    async download(url, { from = 0, validator } = {}) {
      return isFile(url) ? downloadFileUrl(url, from, validator) : downloadHttp(requester, url, from, validator)
    },
  }
}

function isFile(url: string): boolean {
  return url.startsWith('file:')
}

async function fromFile(url: string): Promise<HttpResponse> {
  const bytes = await readFileUrl(url, largest)
  return response(bytes === undefined ? 404 : 200, {}, bytes ?? new Uint8Array())
}

/** Reads the body at once, so that a connection that breaks in it is tried again like one that never was. */
async function whole(url: string, answer: Answer, sent: Headers): Promise<HttpResponse> {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
  // A caller who asks for a part wants to know whether the file is there, not the file.
  if (answer.statusCode === 200 && 'range' in sent) {
    answer.body.on('error', () => undefined).destroy()
    return response(200, headers, new Uint8Array())
  }
  return response(answer.statusCode, headers, await bounded(url, answer))
}

async function bounded(url: string, answer: Answer): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = Number(answer.headers['content-length'] ?? 0)
  if (size <= largest) {
    size = 0
    for await (const chunk of answer.body) {
      chunks.push(chunk as Uint8Array) // undici yields buffers unless told otherwise
      size += (chunk as Uint8Array).length
      if (size > largest) break
    }
  }
  if (size <= largest) return Buffer.concat(chunks)
  answer.body.on('error', () => undefined).destroy()
  throw noAnswer(url, new UnreachableError(`${redact(url)}: the answer is larger than ${largest} bytes`))
}

function response(status: number, headers: HttpResponse['headers'], body: Uint8Array): HttpResponse {
  return {
    status,
    headers,
    text: async () => new TextDecoder().decode(body),
    bytes: async () => body,
  }
}
