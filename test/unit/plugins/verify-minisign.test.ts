import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import verifier from '../../../plugins/verify-minisign/src/verifier.js'
import type { Archive, PublicKey, Verdict } from '../../../src/contract/index.js'
import { blake2b512, minisignSigner, type SignOptions } from '../../support/minisign.js'
import { trustContext } from '../../support/trust-context.js'

const name = 'zig-x86_64-linux-0.17.0.tar.xz'
const file = Buffer.from('a compiler')
const signer = minisignSigner()
const served = new Map<string, string>()
const server = createServer((request, response) => {
  const body = served.get(request.url ?? '')
  response.writeHead(body === undefined ? 404 : 200).end(body)
})
let base = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

function verify(minisign?: Archive['minisign'], content = file): Promise<Verdict> {
  const archive: Archive = { name, urls: [], format: 'tar.xz', prefix: '', digests: [] }
  const measured = { digests: { blake2b512: blake2b512(content) }, size: content.length }
  const release = { tool: 'zig', version: '0.17.0' }
  const host = { os: 'linux', arch: 'amd64' }
  const whole = minisign === undefined ? archive : { ...archive, minisign }
  return verifier.verify(whole, release, host, measured, trustContext(tmpdir()))
}

/** Serves a signature of the file and describes it as a source would. */
function signed(signedName = name, options: SignOptions = {}, key: PublicKey = signer.publicKey) {
  served.set(`/${name}.minisig`, signer.sign(file, signedName, options))
  return { url: `${base}/${name}.minisig`, publicKeys: [key] }
}

describe('a minisign signature', () => {
  test('by the known key, for this file, verifies it', async () => {
    expect(await verify(signed())).toEqual({
      status: 'verified',
      evidence: `minisign signature, for ${name}, by a key of its publisher`,
    })
  })

  test('over other content is thrown on, which rejects', async () => {
    await expect(verify(signed(), Buffer.from('a Compiler'))).rejects.toThrow('is not of this file')
  })

  test('for a file of another name is rejected: an older release is a downgrade', async () => {
    expect(await verify(signed('zig-x86_64-linux-0.16.0.tar.xz'))).toEqual({
      status: 'rejected',
      reason: 'its minisign signature is for zig-x86_64-linux-0.16.0.tar.xz',
    })
    expect(await verify(signed(name, { comment: 'timestamp:1' }))).toMatchObject({ status: 'rejected' })
  })

  test('by another key is an unknown key', async () => {
    await expect(verify(signed(name, {}, minisignSigner().publicKey))).rejects.toThrow('unknown key')
  })

  test('made after its key ended is refused', async () => {
    const key = { ...signer.publicKey, expires: '2026-01-01T00:00:00Z' }
    const before = { timestamp: Date.parse('2025-12-31T00:00:00Z') / 1000 }
    expect(await verify(signed(name, before, key))).toMatchObject({ status: 'verified' })
    const after = { timestamp: Date.parse('2026-01-02T00:00:00Z') / 1000 }
    await expect(verify(signed(name, after, key))).rejects.toThrow('ended on 2026-01-01T00:00:00Z')
  })

  test('that cannot be had says nothing, and the reason says why', async () => {
    const publicKeys = [signer.publicKey]
    expect(await verify({ url: `${base}/gone.minisig`, publicKeys })).toEqual({
      status: 'not-applicable',
      reason: 'its minisign signature gone.minisig could not be had: status 404',
    })
    expect(await verify({ url: 'http://127.0.0.1:1/x.minisig', publicKeys })).toMatchObject({
      status: 'not-applicable',
    })
    expect(await verify()).toMatchObject({ status: 'not-applicable' })
  })
})
