import { describe, expect, test } from 'vitest'
import { trust } from '../../../src/trust/trust.js'
import { SumdbLog } from '../../support/sumdb.js'

/** As sum.golang.org signed it, served with the record of go1.27.4.linux-amd64. */
const real = `go.sum database tree
71769961
O0jlIxwRb2vZYS1na726XLlaDCtCqKUVLld+AY32AGA=

— sum.golang.org Az3grufbQia/eVmOpUINcw1UBa6rB6ikK2tQHD1unUUvIMEXtMyuoYzc+kL7vaGESkPcmXTD1s5Cu55o14FrOYfragA=
`
/** The example of the Go package's documentation: signed by two, of which the second is ours. */
const twoSigners = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=
`
const neumann = { text: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW' }
const sumGolangOrg = { text: 'sum.golang.org' }

describe('a signed note', () => {
  test('of sum.golang.org is opened with the known key, by name or written out', () => {
    const text = real.slice(0, real.indexOf('\n\n') + 1)
    expect(trust.openNote(real, sumGolangOrg)).toBe(text)
    expect(trust.openNote(real, { text: 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8' })).toBe(
      text,
    )
    expect(trust.openNote(real, { text: 'sum.golang.google.cn' })).toBe(text)
  })

  test('of two signers is opened with the key of either', () => {
    expect(trust.openNote(twoSigners, neumann)).toMatch(/^If you think.*problem is\.\n$/s)
  })

  test('with a changed text or signature is a bad signature', () => {
    const bad = expect.objectContaining({ code: 'NOTE_SIGNATURE', exit: 3 }) as unknown
    expect(() => trust.openNote(real.replace('71769961', '71769962'), sumGolangOrg)).toThrow(bad)
    expect(() => trust.openNote(real.replace('fragA=', 'frahA='), sumGolangOrg)).toThrow(bad)
    expect(() => trust.openNote(real.replace('eVmOp', 'eVmOq'), sumGolangOrg)).toThrow(bad)
  })

  test('by somebody else is by an unknown key, also when the name is the same', () => {
    const note = new SumdbLog('sum.golang.org').signed('hello\n')
    const unknown = expect.objectContaining({ code: 'NOTE_UNKNOWN_KEY', exit: 3 }) as unknown
    expect(() => trust.openNote(note, sumGolangOrg)).toThrow(unknown)
    expect(() => trust.openNote(note, sumGolangOrg)).toThrow(/unknown key: sum\.golang\.org\+[0-9a-f]{8}, not by/)
    expect(() => trust.openNote(twoSigners, sumGolangOrg)).toThrow(unknown)
  })

  test.each([
    ['nothing', ''],
    ['a text without signatures', 'hello\n'],
    ['a text with an empty block of signatures', 'hello\n\n'],
    ['a page of HTML', '<html>\n\n<body>sign in</body>\n'],
    ['a control character', real.replace('tree', 'tr\x07ee')],
    ['a carriage return', real.replaceAll('\n', '\r\n')],
    ['no last newline', real.slice(0, -1)],
    ['a signature that is not base64', real.replace('eVmOp', 'eV!Op')],
    ['more signatures than anyone has', real + `— a AAAAAAAA\n`.repeat(100)],
  ])('that is %s is malformed', (_, note) => {
    expect(() => trust.openNote(note, sumGolangOrg)).toThrow(expect.objectContaining({ code: 'NOTE_MALFORMED' }))
  })

  test.each([
    ['a bare name that nobody knows', 'sum.example.org'],
    ['a hash of another key', neumann.text.replace('c74f20a3', 'c74f20a4')],
    ['a key cut short', neumann.text.slice(0, -4)],
    ['an empty name', neumann.text.replace('PeterNeumann', '')],
  ])('is not opened with %s', (_, text) => {
    expect(() => trust.openNote(real, { text })).toThrow(expect.objectContaining({ code: 'NOTE_KEY' }))
  })
})
