/** What lies beside a file in a mirror and vouches for it. */
import type { Archive, Digest } from 'gonative/contract'
import type { Mirror } from './mirror.js'

/** zig's release key, from https://ziglang.org/download/ (minisign). */
const zigKey = 'RWSGOq2NVecA2UPNdBUZykf1CCb147pkmdtYxgb3Ti+JO/wCYvhbAb/U'

/** `NAME.sha256` as go.dev serves it (bare) or as sha256sum writes it; none when it is not there or names another file. */
export async function digestsOf(mirror: Mirror, name: string): Promise<Digest[]> {
  const text = (await mirror.text(`${name}.sha256`)) ?? ''
  for (const line of text.split('\n')) {
    const found = /^([0-9a-f]{64})(?:\s+\*?(.+?))?\s*$/i.exec(line)
    const [, hex, of] = found ?? []
    if (hex === undefined || (of !== undefined && of.slice(of.lastIndexOf('/') + 1) !== name)) continue
    return [{ algorithm: 'sha256', hex: hex.toLowerCase(), from: `${name}.sha256 in the mirror ${mirror.label}` }]
  }
  return []
}

/** The publisher's own signature, where the mirror has it too. */
export async function signatureOf(mirror: Mirror, name: string): Promise<Archive['minisign']> {
  if (!(await mirror.has(`${name}.minisig`))) return undefined
  return { url: mirror.urlOf(`${name}.minisig`), publicKeys: [{ text: zigKey }] }
}
