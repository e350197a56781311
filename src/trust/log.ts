/**
 * Whether a checksum database tells everyone the same: the record must be in the tree that it signed, and that tree
 * must be the one it showed us before, grown. Of two heads the smaller must be the beginning of the larger, whichever
 * of them came first: another server of the same log may lag behind.
 */
import type { LogCheck, LogResult } from '../contract/index.js'
import { refused } from './refused.js'
import { readHashes } from './tile-reader.js'
import { joinSubtrees, parseHead, recordHash, subtreesOf, type TreeHead } from './tlog.js'

/**
 * Checks a record and its tree head against each other and against the head remembered.
 * @throws LOG_RECORD (inclusion), LOG_TILE (a tile is not the tree's), LOG_FORK (two histories), LOG_HEAD,
 * LOG_REMEMBERED (malformed heads), and whatever fetching a tile throws
 */
export async function checkLog(log: LogCheck): Promise<LogResult> {
  const head = parseHead(log.head)
  const before = log.remembered === undefined ? undefined : parseHead(log.remembered, 'LOG_REMEMBERED')
  if (!Number.isSafeInteger(log.id) || log.id < 0 || log.id >= head.size)
    throw refused('LOG_RECORD', `record ${log.id} is not in the signed tree of ${head.size} records: inclusion fails`)

  const { older, newer } = inOrder(head, before)
  const parts = older === undefined ? [] : subtreesOf(older.size)
  const [leaf, ...hashes] = await readHashes(newer, [{ level: 0, index: log.id }, ...parts], (path) => log.tile(path))

  if (older !== undefined && !joinSubtrees(hashes).equals(older.hash)) throw fork(older, newer)
  if (leaf?.equals(recordHash(log.record)) !== true)
    throw refused(
      'LOG_RECORD',
      `what was served as record ${log.id} is not the one in the signed tree of ${head.size} records: inclusion fails`,
    )
  return { size: head.size, remember: newer === head ? log.head : (log.remembered ?? log.head) }
}

function inOrder(head: TreeHead, before: TreeHead | undefined): { older?: TreeHead; newer: TreeHead } {
  if (before === undefined) return { newer: head }
  if (before.size > head.size) return { older: head, newer: before }
  if (before.size < head.size) return { older: before, newer: head }
  // Two signatures over one size and two hashes need no tile to prove it.
  if (!before.hash.equals(head.hash)) throw fork(before, head)
  return { newer: before }
}

function fork(older: TreeHead, newer: TreeHead): Error {
  const shown = (head: TreeHead) => `${head.size} records, ${head.hash.toString('base64')}`
  return refused(
    'LOG_FORK',
    `the log showed two faces: its signed tree of ${shown(older)} is not a part of its signed tree of ${shown(newer)}`,
    'One of the two was made for you alone or for others. Keep both notes, tell the owner of the database, install nothing.',
  )
}
