/** minisign keys and signatures, made anew in every run. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { PublicKey } from '../../src/contract/index.js'

export interface SignOptions {
  /** The trusted comment; default a time and the file's name, as the minisign program writes. */
  comment?: string
  /** Seconds since 1970, for the default comment. */
  timestamp?: number
}

export interface MinisignSigner {
  publicKey: PublicKey
  /** The `.minisig` text for a file. */
  sign(file: Uint8Array, name: string, options?: SignOptions): string
}

/** BLAKE2b-512 of a file, hexadecimal: what the core measures. */
export function blake2b512(file: Uint8Array): string {
  return createHash('blake2b512').update(file).digest('hex')
}

export function minisignSigner(): MinisignSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const id = randomBytes(8)
  // The last 32 bytes of the DER form are the raw key.
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  return {
    publicKey: { text: Buffer.concat([Buffer.from('Ed'), id, raw]).toString('base64') },
    sign(file, name, { timestamp = 1_790_000_000, comment = `timestamp:${timestamp}\tfile:${name}\thashed` } = {}) {
      const signature = sign(null, Buffer.from(blake2b512(file), 'hex'), privateKey)
      const global = sign(null, Buffer.concat([signature, Buffer.from(comment)]), privateKey)
      return [
        'untrusted comment: signature made for a test',
        Buffer.concat([Buffer.from('ED'), id, signature]).toString('base64'),
        `trusted comment: ${comment}`,
        global.toString('base64'),
        '',
      ].join('\n')
    },
  }
}
