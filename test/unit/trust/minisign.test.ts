import { describe, expect, test } from 'vitest'
import { trust } from '../../../src/trust/trust.js'
import { blake2b512, minisignSigner } from '../../support/minisign.js'

const digest = (text: string): Buffer => Buffer.from(blake2b512(Buffer.from(text)), 'hex')
const signer = minisignSigner()
const file = Buffer.from('a file')
const signature = signer.sign(file, 'zig.tar.xz')
const keys = [signer.publicKey]
const failing = (code: string) => expect.objectContaining({ code, exit: 3 }) as unknown

/** Made by the minisign program itself: the test vector of the minisign-verify crate. */
const real = {
  key: { text: 'RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3' },
  signature: `untrusted comment: signature from minisign secret key
RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=
trusted comment: timestamp:1556193335\tfile:test
y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg==
`,
}

describe('a minisign signature', () => {
  test('made by minisign itself is good, and gives its trusted comment', () => {
    const comment = trust.checkMinisign(real.signature, digest('test'), [signer.publicKey, real.key])
    expect(comment).toBe('timestamp:1556193335\tfile:test')
  })

  test('of a file that has changed is refused', () => {
    expect(() => trust.checkMinisign(real.signature, digest('Test'), [real.key])).toThrow(failing('MINISIGN_SIGNATURE'))
    expect(() => trust.checkMinisign(signature, digest('b file'), keys)).toThrow(failing('MINISIGN_SIGNATURE'))
  })

  test('by another key is by an unknown key, which is not a bad signature', () => {
    const other = minisignSigner().sign(file, 'zig.tar.xz')
    expect(() => trust.checkMinisign(other, digest('a file'), keys)).toThrow(failing('MINISIGN_UNKNOWN_KEY'))
    expect(() => trust.checkMinisign(real.signature, digest('test'), keys)).toThrow('unknown key, E7620F1842B4E81F')
  })

  test('whose trusted comment has been changed is refused', () => {
    const forged = signature.replace('file:zig.tar.xz', 'file:zag.tar.xz')
    expect(() => trust.checkMinisign(forged, digest('a file'), keys)).toThrow(failing('MINISIGN_COMMENT'))
  })

  test('of the old kind, over the file itself, is named and refused', () => {
    const bytes = Buffer.from(signature.split('\n')[1] ?? '', 'base64')
    bytes.write('Ed')
    const old = signature.replace(/\n.*\n/, `\n${bytes.toString('base64')}\n`)
    expect(() => trust.checkMinisign(old, digest('a file'), keys)).toThrow(failing('MINISIGN_ALGORITHM'))
  })

  test.each([
    ['nothing', ''],
    ['a page of HTML', '<html></html>\n'],
    ['a signature without its global one', signature.split('\n').slice(0, 3).join('\n')],
    ['a signature with more behind it', `${signature}more\n`],
  ])('that is %s is malformed', (_, text) => {
    expect(() => trust.checkMinisign(text, digest('a file'), keys)).toThrow(failing('MINISIGN_MALFORMED'))
  })

  test('counts when it was made before its key ended, and not when after', () => {
    const ends = (expires: string) => [{ ...signer.publicKey, expires }]
    const signed = signer.sign(file, 'zig.tar.xz', { timestamp: Date.parse('2026-06-01T00:00:00Z') / 1000 })
    expect(trust.checkMinisign(signed, digest('a file'), ends('2026-06-02T00:00:00Z'))).toMatch(/^timestamp:/)
    const late = () => trust.checkMinisign(signed, digest('a file'), ends('2026-05-31T00:00:00Z'))
    expect(late).toThrow(failing('MINISIGN_KEY_EXPIRED'))
    expect(late).toThrow(/is of 2026-06-01T00:00:00\.000Z, .* ended on 2026-05-31/)
  })

  test('without a time is not taken from a key that has an end', () => {
    const undated = signer.sign(file, 'zig.tar.xz', { comment: 'file:zig.tar.xz' })
    const key = { ...signer.publicKey, expires: '2100-01-01T00:00:00Z' }
    expect(() => trust.checkMinisign(undated, digest('a file'), [key])).toThrow(failing('MINISIGN_KEY_EXPIRED'))
    expect(trust.checkMinisign(undated, digest('a file'), keys)).toBe('file:zig.tar.xz')
  })

  test('is not checked with something that is no key', () => {
    expect(() => trust.checkMinisign(signature, digest('a file'), [{ text: 'RWQ' }])).toThrow(failing('MINISIGN_KEY'))
  })
})
