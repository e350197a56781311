import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { oldReleases } from '../../../plugins/verify-digest/src/old-releases.js'
import verifier from '../../../plugins/verify-digest/src/verifier.js'
import type { Archive, Digest, Measured, Verdict } from '../../../src/contract/index.js'
import { trustContext } from '../../support/trust-context.js'

const sha1 = { algorithm: 'sha1', hex: '0a'.repeat(20), from: 'the old download page' } as const
const sha256 = { algorithm: 'sha256', hex: '3cf1'.repeat(16), from: 'the index at go.dev' } as const
const sha512 = { algorithm: 'sha512', hex: 'ab'.repeat(64), from: 'the mirror' } as const
const all: Measured['digests'] = { sha1: sha1.hex, sha256: sha256.hex, sha512: sha512.hex }

function verify(digests: Digest[], measured: Measured['digests'] = all): Promise<Verdict> {
  const archive: Archive = { name: 'go1.27.4.linux-amd64.tar.gz', urls: [], format: 'tar.gz', prefix: 'go/', digests }
  const release = { tool: 'go', version: '1.27.4' }
  const host = { os: 'linux', arch: 'amd64' }
  return verifier.verify(archive, release, host, { digests: measured, size: 1 }, trustContext(tmpdir()))
}

describe('published digests', () => {
  test('that match verify the archive, and the evidence names each and who published it, the strongest first', async () => {
    expect(await verify([sha1, sha256])).toEqual({
      status: 'verified',
      evidence:
        'sha256 3cf13cf13cf13cf1… published by the index at go.dev, sha1 0a0a0a0a0a0a0a0a… published by the old download page',
    })
    expect(await verify([sha256, sha512, sha1])).toMatchObject({
      evidence: expect.stringMatching(/^sha512 /) as unknown,
    })
  })

  test('in upper case are the same digests', async () => {
    expect(await verify([{ ...sha256, hex: sha256.hex.toUpperCase() }])).toMatchObject({ status: 'verified' })
  })

  test('that are sha1 alone verify it, and the evidence says how little that is', async () => {
    const evidence = expect.stringContaining('sha1 is all that was published') as unknown
    expect(await verify([sha1])).toMatchObject({ status: 'verified', evidence })
  })

  test('of which one is wrong reject it, even the weakest, with what was expected and found', async () => {
    const verdict = await verify([sha256, sha1], { ...all, sha1: 'ff'.repeat(20) })
    expect(verdict).toEqual({
      status: 'rejected',
      reason: `its sha1 is ${'ff'.repeat(20)}, the old download page published ${sha1.hex}`,
    })
  })

  test('that do not exist say nothing', async () => {
    expect(await verify([])).toMatchObject({ status: 'not-applicable' })
  })

  test('that the core did not measure are an error, not a digest less', async () => {
    await expect(verify([sha256, sha512], { sha256: sha256.hex })).rejects.toThrow(
      'sha512 was published but not measured',
    )
  })
})

describe('the digests of releases from before sha256', () => {
  const old: Archive = { name: 'go1.2.1.linux-amd64.tar.gz', urls: [], format: 'tar.gz', prefix: 'go/', digests: [] }

  test('are known by the name of the file, whoever serves it', () => {
    expect(verifier.published?.(old, { tool: 'go', version: '1.2.1' })).toEqual([
      { algorithm: 'sha1', hex: '7605f577ff6ac2d608a3a4e829b255ae2ebc8dcf', from: 'the Go project, in its old list' },
    ])
    const other = { ...old, name: 'go1.0.3.linux-amd64.tar.gz' }
    expect(verifier.published?.(other, { tool: 'go', version: '1.0.3' })).toEqual([])
  })

  test('are forty hexadecimal digits each, of a file named as it was published', () => {
    for (const [name, hex] of Object.entries(oldReleases)) {
      expect(name).toMatch(/^go1\.\d(\.\d)?\.[a-z]+-(386|amd64)(-osx10\.8)?\.(tar\.gz|zip)$/)
      expect(hex).toMatch(/^[0-9a-f]{40}$/)
    }
  })
})
