/**
 * Holds an archive against its detached minisign signature. The signature says which file it is for, in its trusted
 * comment: one for an older release would be a good signature of the wrong thing.
 */
import type { Archive, Context, Verifier } from 'gonative/contract'

const verifier: Verifier = {
  stage: 'file',
  async verify(archive, _release, _host, measured, context) {
    const { minisign } = archive
    if (minisign === undefined) return { status: 'not-applicable', reason: 'no minisign signature is known of' }
    const hex = measured.digests.blake2b512
    if (hex === undefined) throw new Error('its blake2b512 was not measured, which its minisign signature is over')

    const signature = await fetchSignature(minisign.url, context)
    if ('missing' in signature) return { status: 'not-applicable', reason: signature.missing }
    const comment = context.trust.checkMinisign(signature.text, Buffer.from(hex, 'hex'), minisign.publicKeys)
    const signed = fileOf(comment)
    if (signed !== archive.name)
      return { status: 'rejected', reason: `its minisign signature is for ${signed ?? 'no file by name'}` }
    return { status: 'verified', evidence: `minisign signature, for ${signed}, by a key of its publisher` }
  },
}
export default verifier

/** A signature that can't be had says nothing about the file, so something else must vouch for it. */
async function fetchSignature(url: string, { http }: Context): Promise<{ text: string } | { missing: string }> {
  const name = new URL(url).pathname.split('/').at(-1) ?? url
  try {
    const response = await http.get(url)
    if (response.status === 200) return { text: await response.text() }
    return { missing: `its minisign signature ${name} could not be had: status ${response.status}` }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { missing: `its minisign signature ${name} could not be had: ${why}` }
  }
}

/** The `file:` field of a trusted comment, whose fields are parted by tabs. */
function fileOf(comment: string): Archive['name'] | undefined {
  const field = comment.split('\t').find((part) => part.startsWith('file:'))
  return field?.slice('file:'.length)
}
