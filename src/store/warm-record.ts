/** The record of a warmed graft: written last, so that what has none was begun and not finished. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Release } from '../contract/index.js'
import type { Layout } from './layout.js'
import { replaceFile } from './receipt.js'

export interface WarmRecord {
  schema: 1
  /** The GOFLAGS that standard packages were compiled with, each once; the go command keeps them apart. */
  goflags: string[]
  /** Bytes: this graft's part of the go command's cache, and its compiler's C libraries. */
  bytes: { go: number; compiler: number }
  /** ISO 8601. */
  warmed: string
}

/** A graft's part of the go command's cache. */
export function goCacheOf(layout: Layout, release: Release, id: string): string {
  return join(layout.warmed(release, id), 'go')
}

/** Undefined when the graft was never warmed to the end. */
export async function readWarmRecord(layout: Layout, release: Release, id: string): Promise<WarmRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(fileOf(layout, release, id), 'utf8')) as WarmRecord
    return (record.schema as number) === 1 ? record : undefined // our own file: the number says what is in it
  } catch {
    return undefined // it is only a cache: what can't be read is made again
  }
}

export async function writeWarmRecord(layout: Layout, release: Release, id: string, record: WarmRecord): Promise<void> {
  await replaceFile(fileOf(layout, release, id), `${JSON.stringify(record, null, 2)}\n`)
}

function fileOf(layout: Layout, release: Release, id: string): string {
  return join(layout.warmed(release, id), 'warm.json')
}
