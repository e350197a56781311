/** What the core hands to verifiers as `context.trust`: checks that several plugins share, all pure. */
import type { PublicKey, Trust } from '../contract/index.js'
import { databaseKey } from './keys.js'
import { checkLog } from './log.js'
import { checkMinisign } from './minisign.js'
import { openNote, parseNoteKey, type NoteKey } from './note.js'

export const trust: Trust = {
  openNote: (note, key) => openNote(note, noteKey(key)),
  checkLog,
  checkMinisign,
}

/** A verifier key, or as in GOSUMDB the bare name of a database whose key is known. */
function noteKey(key: PublicKey): NoteKey {
  return parseNoteKey(databaseKey(key.text.trim())?.text ?? key.text)
}
