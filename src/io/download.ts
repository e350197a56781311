/** A file from the web as a stream that can be taken up again where it broke off (RFC 9110, sections 13 and 14). */
import { UnreachableError } from '../errors.js'
import { badStatus, noAnswer } from './failure.js'
import { nothing } from './file-url.js'
import type { Download } from './io.js'
import { redact } from './redact.js'
import type { Answer, Headers, Requester } from './request.js'

/** Streams from byte `from` on over http. @throws UnreachableError */
export async function downloadHttp(
  requester: Requester,
  url: string,
  from: number,
  validator?: string,
): Promise<Download> {
  // Compressed on the way, byte ranges and digests would be those of something else.
  const headers: Headers = { 'accept-encoding': 'identity' }
  if (from > 0) headers.range = `bytes=${from}-`
  if (from > 0 && validator !== undefined) headers['if-range'] = validator
  return requester.send(url, headers, async (answer) => {
    const status = answer.statusCode
    if (status === 200 || status === 206) return opened(url, answer, status, from)
    await answer.body.dump()
    if (status !== 416) throw badStatus(url, status)
    return { status, size: total(answer), validator: validatorOf(answer), body: nothing() }
  })
}

function opened(url: string, answer: Answer, status: 200 | 206, from: number): Download {
  const range = /^bytes (\d+)-/.exec(one(answer, 'content-range') ?? '')
  if (status === 206 && Number(range?.[1]) !== from) {
    answer.body.destroy()
    throw new UnreachableError(`${redact(url)} sent another part of the file than was asked for`)
  }
  const length = one(answer, 'content-length')
  const whole = length === undefined ? undefined : Number(length)
  return {
    status,
    size: status === 206 ? total(answer) : whole,
    validator: validatorOf(answer),
    body: bodyOf(url, answer),
  }
}

/** The body; a break in it is an UnreachableError, so that its reader knows to come back for the rest. */
async function* bodyOf(url: string, answer: Answer): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of answer.body) yield chunk as Uint8Array // undici yields buffers unless told otherwise
  } catch (error) {
    throw noAnswer(url, error)
  } finally {
    answer.body.on('error', () => undefined).destroy()
  }
}

/** The whole file's length, from `bytes 5-9/10` or from a bare total when no range fits. */
function total(answer: Answer): number | undefined {
  const digits = /\/(\d+)$/.exec(one(answer, 'content-range') ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** If-Range takes a strong ETag or a date; a weak ETag never matches. */
function validatorOf(answer: Answer): string | undefined {
  const tag = one(answer, 'etag')
  return tag !== undefined && !tag.startsWith('W/') ? tag : one(answer, 'last-modified')
}

function one(answer: Answer, name: string): string | undefined {
  const value = answer.headers[name]
  return Array.isArray(value) ? value[0] : value
}
