/**
 * minisign's detached signatures (https://jedisct1.github.io/minisign/): four lines, of which the second signs the
 * file's BLAKE2b-512 and the fourth signs that signature with the trusted comment. The old kind, `Ed`, signs the whole
 * file instead, which nobody here holds in memory: it is named, not guessed at.
 */
import type { PublicKey } from '../contract/index.js'
import { decodeBase64 } from './base64.js'
import { verifiesEd25519 } from './ed25519.js'
import { refused } from './refused.js'

interface MinisignKey {
  /** 8 bytes. */
  id: Buffer
  publicKey: Buffer
  expires: string | undefined
}

/**
 * @param digest the file's BLAKE2b-512, 64 bytes
 * @returns the trusted comment
 * @throws MINISIGN_MALFORMED, MINISIGN_ALGORITHM, MINISIGN_KEY, MINISIGN_UNKNOWN_KEY, MINISIGN_SIGNATURE (the file),
 * MINISIGN_COMMENT (the trusted comment), MINISIGN_KEY_EXPIRED (signed after its key's end)
 */
export function checkMinisign(signature: string, digest: Uint8Array, keys: PublicKey[]): string {
  const signed = parseSignature(signature)
  const key = keys.map(parseKey).find(({ id }) => id.equals(signed.keyId))
  if (key === undefined)
    throw refused('MINISIGN_UNKNOWN_KEY', `the minisign signature is by an unknown key, ${showId(signed.keyId)}`)
  if (signed.algorithm !== 'ED')
    throw refused('MINISIGN_ALGORITHM', `the minisign signature is not over a BLAKE2b-512 (kind ${signed.algorithm})`)
  if (!verifiesEd25519(key.publicKey, digest, signed.signature))
    throw refused('MINISIGN_SIGNATURE', `the minisign signature by key ${showId(key.id)} is not of this file`)
  const global = Buffer.concat([signed.signature, Buffer.from(signed.comment)])
  if (!verifiesEd25519(key.publicKey, global, signed.globalSignature))
    throw refused('MINISIGN_COMMENT', 'the trusted comment of the minisign signature is not the one that was signed')
  refuseExpired(key, signed.comment)
  return signed.comment
}

/** A key is held against the time of signing, not of reading: what was signed in its day stays signed. */
function refuseExpired(key: MinisignKey, comment: string): void {
  if (key.expires === undefined) return
  const seconds = /(?:^|\t)timestamp:(\d{1,12})(?:\t|$)/.exec(comment)?.[1]
  if (seconds !== undefined && Number(seconds) * 1000 < Date.parse(key.expires)) return
  const when = seconds === undefined ? 'gives no time' : `is of ${new Date(Number(seconds) * 1000).toISOString()}`
  throw refused(
    'MINISIGN_KEY_EXPIRED',
    `the minisign signature ${when}, and its key ${showId(key.id)} ended on ${key.expires}`,
  )
}

function parseSignature(text: string) {
  const [untrusted = '', first = '', trusted = '', second = '', ...rest] = text.replaceAll('\r\n', '\n').split('\n')
  const bytes = decodeBase64(first, 74)
  const globalSignature = decodeBase64(second, 64)
  const prefix = 'trusted comment: '
  const framed = untrusted.startsWith('untrusted comment:') && trusted.startsWith(prefix) && rest.every((l) => l === '')
  if (!framed || bytes === undefined || globalSignature === undefined)
    throw refused('MINISIGN_MALFORMED', 'the minisign signature is malformed: not two comments and two signatures')
  return {
    algorithm: bytes.toString('latin1', 0, 2),
    keyId: bytes.subarray(2, 10),
    signature: bytes.subarray(10),
    comment: trusted.slice(prefix.length),
    globalSignature,
  }
}

function parseKey(key: PublicKey): MinisignKey {
  const bytes = decodeBase64(key.text.trim(), 42)
  if (bytes?.toString('latin1', 0, 2) !== 'Ed')
    throw refused('MINISIGN_KEY', `${JSON.stringify(key.text)} is no minisign public key`)
  return { id: bytes.subarray(2, 10), publicKey: bytes.subarray(10), expires: key.expires }
}

/** As the minisign program shows it: the eight bytes are a little-endian number. */
function showId(id: Buffer): string {
  return id.readBigUInt64LE().toString(16).toUpperCase().padStart(16, '0')
}
