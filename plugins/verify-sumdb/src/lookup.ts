/**
 * Looks a module version up in a checksum database and believes nothing of the answer before it is proven: first the
 * note's signature, then that the record is in the signed tree, then that this tree has the same history as the one
 * seen last. Only then is the record read.
 */
import type { Context, LogResult, ModuleVersion } from 'gonative/contract'
import { NoAnswer, type Access } from './access.js'
import type { Database } from './database.js'

export interface Entry {
  h1: string
  /** The record's number, from 0. */
  id: number
  /** Records in the signed tree. */
  size: number
}

/**
 * @returns undefined when the database has no record of the version
 * @throws NoAnswer, or an Error that says which check failed
 */
export async function lookUp(
  module: ModuleVersion,
  database: Database,
  access: Access,
  context: Context,
): Promise<Entry | undefined> {
  const answer = await access.get(`lookup/${escape(module.path)}@${escape(module.version)}`)
  if (answer === undefined) return undefined
  const { id, record, note } = parseLookup(Buffer.from(answer).toString())
  const head = context.trust.openNote(note, database.key)
  const { size } = await checkAndRemember({ id, record, note, head }, database, tilesOf(access), context)
  return { h1: h1Of(record, module), id, size }
}

interface Lookup {
  id: number
  /** With its last newline. */
  record: string
  note: string
}

/** The record's number, its lines, a blank line, the signed tree head (tlog.ParseRecord). */
function parseLookup(text: string): Lookup {
  const [, id, record, note] = /^(\d{1,15})\n(.+?\n)\n(.*)$/s.exec(text) ?? []
  if (id === undefined || record === undefined || note === undefined)
    throw new Error('the answer of the checksum database is malformed: no record and signed note')
  return { id: Number(id), record, note }
}

/** What is kept is the signed note: beside a second one it proves to anyone that the log showed two faces. */
async function checkAndRemember(
  { id, record, note, head }: Lookup & { head: string },
  database: Database,
  tile: (path: string) => Promise<Uint8Array>,
  { trust, memory }: Context,
): Promise<LogResult> {
  const name = memoryName(database)
  const openRemembered = (before: string): string => {
    try {
      return trust.openNote(before, database.key)
    } catch (error) {
      throw new Error(`the tree head remembered as ${name} can't be used: ${String(error)}`, { cause: error })
    }
  }
  const check = async (before: string | undefined): Promise<{ result: LogResult; next: string }> => {
    const remembered = before === undefined ? undefined : openRemembered(before)
    const seen = remembered === undefined ? {} : { remembered }
    const result = await trust.checkLog({ id, record, head, tile, ...seen })
    return { result, next: before !== undefined && result.remember === remembered ? before : note }
  }
  const before = await memory.read(name)
  let checked = await check(before)
  if (checked.next !== before)
    await memory.update(name, async (now) => {
      // Another process was faster: its head counts as seen too.
      if (now !== before) checked = await check(now)
      return checked.next
    })
  return checked.result
}

/** A database whose user gave it another key is another database. */
function memoryName({ key }: Database): string {
  return `${key.text.split('+').slice(0, 2).join('+')}.head`
}

/** Each tile once a lookup. A partial tile may have been completed meanwhile, and then only the full one is served. */
function tilesOf(access: Access): (path: string) => Promise<Uint8Array> {
  const fetched = new Map<string, Promise<Uint8Array>>()
  const fetchTile = async (path: string): Promise<Uint8Array> => {
    const tile = await access.get(path)
    if (tile !== undefined) return tile
    const [, full, width] = /^(.+)\.p\/(\d+)$/.exec(path) ?? []
    const whole = full === undefined ? undefined : await access.get(full)
    if (whole === undefined) throw new NoAnswer(`it has no ${path}, which the proof needs`)
    return whole.subarray(0, Number(width) * 32)
  }
  return (path) => {
    const tile = fetched.get(path) ?? fetchTile(path)
    fetched.set(path, tile)
    return tile
  }
}

/** A record's line `path version h1:…`; its other line is about go.mod alone. */
function h1Of(record: string, { path, version }: ModuleVersion): string {
  const start = `${path} ${version} `
  const hashes = record.split('\n').flatMap((line) => (line.startsWith(start) ? [line.slice(start.length)] : []))
  const h1 = hashes.find((hash) => hash.startsWith('h1:'))
  if (h1 === undefined) throw new Error(`the record served for ${path}@${version} is about something else`)
  return h1
}

/** Upper case letters are written `!a`, for file systems that don't tell them apart (module.EscapePath). */
function escape(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`)
}
