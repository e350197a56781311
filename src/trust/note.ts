/**
 * Signed notes of golang.org/x/mod/sumdb/note: a text, a blank line, and lines `— name base64(hash || signature)`, where
 * the hash names the key. A note that our key did not sign, one that it signed wrongly and one that is no note at all
 * are three different things to a reader, and three errors.
 */
import { createHash } from 'node:crypto'
import { decodeBase64 } from './base64.js'
import { verifiesEd25519 } from './ed25519.js'
import { refused } from './refused.js'

export interface NoteKey {
  name: string
  /** The first four bytes of SHA-256 over name, newline, algorithm and key: 8 lower case hexadecimal digits. */
  hash: string
  /** 32 bytes of Ed25519. */
  publicKey: Buffer
}

const ed25519 = 1
/** More is no note but an attempt to keep us busy; Go's limit. */
const mostSignatures = 100

/**
 * Reads a verifier key, `name+hash+base64`.
 * @throws NOTE_KEY when it is malformed, of another algorithm, or its hash doesn't fit
 */
export function parseNoteKey(text: string): NoteKey {
  const wrong = (why: string) => refused('NOTE_KEY', `the verifier key ${JSON.stringify(text)} ${why}`)
  const [name = '', hash = '', ...rest] = text.trim().split('+')
  // Base64 may hold a plus itself.
  const key = decodeBase64(rest.join('+'))
  if (!isName(name) || !/^[0-9a-f]{8}$/i.test(hash) || key === undefined || key.length === 0)
    throw wrong('is not of the form name+hash+base64')
  if (keyHash(name, key) !== hash.toLowerCase()) throw wrong('has a hash that is not its own')
  if (key[0] !== ed25519) throw wrong(`is of algorithm ${String(key[0])}; only Ed25519 (1) is known`)
  if (key.length !== 33) throw wrong('is not as long as an Ed25519 key')
  return { name, hash: hash.toLowerCase(), publicKey: key.subarray(1) }
}

/**
 * Opens a note with one key. Signatures of others are let be, as note.Open does.
 * @returns the signed text, with its last newline
 * @throws NOTE_MALFORMED, NOTE_SIGNATURE, or NOTE_UNKNOWN_KEY when the key has not signed it
 */
export function openNote(note: string, key: NoteKey): string {
  const { text, signatures } = split(note)
  const own = signatures.filter(({ name, hash }) => name === key.name && hash === key.hash)
  for (const { signature } of own)
    if (!verifiesEd25519(key.publicKey, Buffer.from(text), signature))
      throw refused('NOTE_SIGNATURE', `the note's signature by ${key.name}+${key.hash} is bad`)
  if (own.length === 0) {
    const others = signatures.map(({ name, hash }) => `${name}+${hash}`).join(', ')
    throw refused('NOTE_UNKNOWN_KEY', `the note is signed by an unknown key: ${others}, not by ${key.name}+${key.hash}`)
  }
  return text
}

/** The hash that names a key in its notes. `key` starts with the algorithm's byte. */
export function keyHash(name: string, key: Uint8Array): string {
  return createHash('sha256').update(`${name}\n`).update(key).digest('hex').slice(0, 8)
}

interface Signature {
  name: string
  hash: string
  signature: Buffer
}

function split(note: string): { text: string; signatures: Signature[] } {
  const blank = note.lastIndexOf('\n\n')
  if (blank < 0 || !note.endsWith('\n') || /[\0-\x09\x0b-\x1f]/.test(note)) throw malformed()
  const lines = note.slice(blank + 2, -1).split('\n')
  if (lines.length > mostSignatures) throw malformed()
  return { text: note.slice(0, blank + 1), signatures: lines.map(parseSignature) }
}

function parseSignature(line: string): Signature {
  const [, name = '', base64 = ''] = /^— (\S+) (\S+)$/u.exec(line) ?? []
  const bytes = decodeBase64(base64)
  if (!isName(name) || bytes === undefined || bytes.length < 5) throw malformed()
  return { name, hash: bytes.toString('hex', 0, 4), signature: bytes.subarray(4) }
}

function isName(name: string): boolean {
  return /^[^\s+]+$/u.test(name)
}

function malformed(): Error {
  return refused('NOTE_MALFORMED', 'the signed note is malformed: no signed text, blank line and signature lines')
}
