/** What is in the store: every release that has a receipt. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Release, Toolchain } from '../contract/index.js'
import type { Layout } from './layout.js'
import { readReceiptFile, type Receipt } from './receipt.js'

const suffix = '.receipt.json'

/** The receipts in a tool's room (`go`, or any other for the compilers), in no order. */
export async function installedReceipts(layout: Layout, room: 'go' | 'compilers'): Promise<Receipt[]> {
  const directory = layout.roomOf(room)
  const names = await namesIn(directory)
  const receipts = await Promise.all(names.map((name) => readReceiptFile(join(directory, `${name}${suffix}`))))
  return receipts.filter((receipt) => receipt !== undefined)
}

/** The installed Go versions, without reading a receipt. */
export async function installedGoVersions(layout: Layout): Promise<string[]> {
  const names = await namesIn(layout.roomOf('go'))
  return names.filter((name) => name.startsWith('go')).map((name) => name.slice(2))
}

/** A release as a toolchain in the store. */
export function toolchainOf(layout: Layout, release: Release): Toolchain {
  return { tool: release.tool, version: release.version, path: layout.toolchain(release) }
}

async function namesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory).catch(() => [])
  return entries.filter((entry) => entry.endsWith(suffix)).map((entry) => entry.slice(0, -suffix.length))
}
