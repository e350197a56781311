/** Receipts: what was installed, from where, verified how, and with which grafts. Written last, replaced whole. */
import { readFile, rename, unlink, writeFile } from 'node:fs/promises'
import type { Host, Release } from '../contract/index.js'
import { GonativeError, isSystemError } from '../errors.js'
import type { Layout } from './layout.js'

export interface Receipt extends Release {
  schema: 1
  host: Host
  /** ISO 8601. */
  installed: string
  /** The source's id. */
  source: string
  archives: ArchiveReceipt[]
  /** The GOROOT of the user's own that this is a link to, absolute; absent for what gonative installed. */
  linked?: string
  /** Empty when the user allowed an unverified install: that is what `list` shows. */
  verified: { by: string; evidence: string }[]
  /** Of what was built here from source: how. The archives are then those of the source. */
  built?: BuiltReceipt
  /** The manifest beside the receipt: every file with its hash. */
  files: { count: number; bytes: number; sha256: string }
  grafts: GraftReceipt[]
  /** Targets that were asked for and could not be grafted, until they are. */
  missing?: MissingGraft[]
}

export interface BuiltReceipt {
  /** What compiled it: `go 1.20.14`, or the C compiler in its own words. */
  with: string
  /** Whether all that led to it, down to the C compiler, was built here too. */
  fromC: boolean
  /** That make.bash took. */
  seconds: number
}

/** By whom a release is verified that was rebuilt from source, bit for bit, with gonative rebuild. */
export const rebuildVerdict = 'rebuild'

export interface MissingGraft {
  /** As `formatTarget` writes it. */
  target: string
  reason: string
}

export interface ArchiveReceipt {
  name: string
  /** Where it came from, without credentials. */
  url: string
  size: number
  sha256: string
  verdicts: { by: string; status: 'verified' | 'not-applicable'; evidence: string }[]
}

export interface GraftReceipt {
  /** As `formatTarget` writes it, without the libc. */
  target: string
  libc?: string
  /** The user's own SDK or sysroot that it was made with. */
  sysroot?: string
  strategy: string
  /** The strategies that made it one after the other, itself last, where they were several. */
  parts?: string[]
  /** Why builds of the target have no cgo all the same. */
  withoutCgo?: string
  /** The graft's directory under `grafts/`, and the first argument of its compiler commands. */
  id: string
  needs: Release[]
  /** What goes into the target's env file. */
  env: Record<string, string>
  installed: string
  /** The other hosts' distributions that it was made from. */
  distributions?: DistributionReceipt[]
  /** Its files in the toolchain's tree: the manifest in the graft's directory. */
  goroot?: Receipt['files']
}

export interface DistributionReceipt extends Release {
  host: Host
  source: string
  archives: ArchiveReceipt[]
}

/**
 * The platform of a graft, `linux/amd64` of `linux/amd64/v3`: what a toolchain has one graft for, and what names the
 * env file that the shims read.
 */
export function platformOf(graft: Pick<GraftReceipt, 'target'>): string {
  return graft.target.split('/', 2).join('/')
}

/** A release's receipt; undefined when it isn't installed. @throws GonativeError RECEIPT_DAMAGED */
export async function readReceipt(layout: Layout, release: Release): Promise<Receipt | undefined> {
  return readReceiptFile(layout.receipt(release))
}

export async function readReceiptFile(path: string): Promise<Receipt | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined
    throw error
  }
  try {
    const receipt = JSON.parse(text) as { schema: number }
    if (receipt.schema === 1) return receipt as Receipt // our own file: the number says what is in it
  } catch {
    // falls through to the one error below
  }
  throw new GonativeError('RECEIPT_DAMAGED', `the receipt ${path} is damaged or of a newer gonative`, {
    hint: 'Delete it and install that version again.',
  })
}

/** Writes a receipt: from this moment the toolchain exists, as described. */
export async function writeReceipt(layout: Layout, receipt: Receipt): Promise<void> {
  await replaceFile(layout.receipt(receipt), `${JSON.stringify(receipt, null, 2)}\n`)
}

export async function removeReceipt(layout: Layout, release: Release): Promise<void> {
  await unlink(layout.receipt(release))
}

/**
 * Replaces a file in one rename: a reader sees the old text or the new one, never half of it. With `flush` that is so after
 * a power failure as well.
 */
export async function replaceFile(path: string, content: string | Uint8Array, { flush = false } = {}): Promise<void> {
  const { randomBytes } = await import('node:crypto') // not above: those who only read receipts need not load it
  const temporary = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(temporary, content, { mode: 0o644, flush })
  await rename(temporary, path)
}
