/** Ed25519 over raw keys, as signed notes and minisign carry them. */
import { createPublicKey, verify } from 'node:crypto'

/**
 * @param publicKey 32 bytes
 * @param signature 64 bytes; any other length is a bad signature
 */
export function verifiesEd25519(publicKey: Buffer, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') },
    format: 'jwk',
  })
  return signature.length === 64 && verify(null, message, key, signature)
}
