/**
 * Holds an archive against the digests that its publisher gave out for it. All must match: two of which one is wrong
 * mean that somebody is mistaken about the file.
 */
import type { Digest, Verdict, Verifier } from 'gonative/contract'
import { oldReleases } from './old-releases.js'

/** The strongest first. */
const strength = ['sha512', 'sha256', 'sha1'] as const

const verifier: Verifier = {
  stage: 'file',

  published({ name }, { tool }) {
    const hex = tool === 'go' ? oldReleases[name] : undefined
    return hex === undefined ? [] : [{ algorithm: 'sha1', hex, from: 'the Go project, in its old list' }]
  },

  async verify(archive, _release, _host, measured) {
    const digests = archive.digests.toSorted((a, b) => rank(a) - rank(b))
    if (digests.length === 0) return { status: 'not-applicable', reason: 'no digest was published' }
    for (const published of digests) {
      const found = measured.digests[published.algorithm]
      // Ours, not the publisher's: going on with the others would leave a check out in silence.
      if (found === undefined) throw new Error(`its ${published.algorithm} was published but not measured`)
      if (found.toLowerCase() !== published.hex.toLowerCase()) return mismatch(published, found)
    }
    return { status: 'verified', evidence: evidenceOf(digests) }
  },
}
export default verifier

function rank({ algorithm }: Digest): number {
  return strength.indexOf(algorithm)
}

function mismatch({ algorithm, hex, from }: Digest, found: string): Verdict {
  return { status: 'rejected', reason: `its ${algorithm} is ${found}, ${from} published ${hex}` }
}

/** Every digest that was held against the file, the strongest first: they may come from different people. */
function evidenceOf(digests: Digest[]): string {
  const each = digests.map(
    ({ algorithm, hex, from }) => `${algorithm} ${hex.slice(0, 16).toLowerCase()}… published by ${from}`,
  )
  // Releases before 2015 came with nothing stronger. It still tells a damaged file, no longer a forged one for sure.
  const weak = digests.every(({ algorithm }) => algorithm === 'sha1')
  return each.join(', ') + (weak ? '; sha1 is all that was published, and it is weak: it can be forged' : '')
}
