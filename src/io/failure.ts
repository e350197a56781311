/** What a failed connection means, in words: the causes that undici and the system give are codes. */
import { messageOf, UnreachableError } from '../errors.js'
import { redact } from './redact.js'

/** The other side, or the way to it, broke: worth another try. A name without an address or a closed port is not. */
const passing = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_BODY_TIMEOUT'])

const words: Record<string, string> = {
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host not found (no name server answers)',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'no network',
  ETIMEDOUT: 'timed out',
  UND_ERR_CONNECT_TIMEOUT: 'timed out while connecting',
  UND_ERR_HEADERS_TIMEOUT: 'timed out waiting for an answer',
  UND_ERR_BODY_TIMEOUT: 'stalled in the middle of an answer',
  UND_ERR_SOCKET: 'connection closed by the other side',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted here (NODE_EXTRA_CA_CERTS names a file of more roots)',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate is not trusted here (NODE_EXTRA_CA_CERTS names a file of more roots)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is not trusted here (NODE_EXTRA_CA_CERTS names a file of more roots)',
}

/** The system's or undici's code of an error, looked for in its causes too. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return error.errors.map(codeOf).find((code) => code !== undefined)
  return codeOf(error.cause)
}

/** Whether the same request may well succeed a moment later. */
export function isPassing(error: unknown): boolean {
  return passing.has(codeOf(error) ?? '')
}

/** The error that says that `url` gave no answer, and why. */
export function noAnswer(url: string, error: unknown): UnreachableError {
  if (error instanceof UnreachableError) return error
  const why = words[codeOf(error) ?? ''] ?? messageOf(error)
  return new UnreachableError(`${redact(url)}: ${why}`, error)
}

/** The error that says that `url` answered, but with a status that is of no use. */
export function badStatus(url: string, status: number): UnreachableError {
  return new UnreachableError(`${redact(url)} answered with status ${status}`)
}
