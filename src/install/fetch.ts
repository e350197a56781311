/**
 * Fetch: an archive from the first of its URLs that has it, measured while it comes. Downloads are kept in a directory
 * that processes share, under a lock for each archive; a broken one is resumed. Judging the digests is verify's job.
 */
import { fileURLToPath } from 'node:url'
import type { Archive, Measured } from '../contract/index.js'
import { GonativeError, messageOf, UnreachableError } from '../errors.js'
import type { Io } from '../io/io.js'
import { redact } from '../io/redact.js'
import type { Lock } from '../store/lock.js'
import { algorithmsOf, digestsOfFile, isAsPublished, type RunningDigests } from './fetch/digests.js'
import { downloadInto, wrongSize, type FetchProgress } from './fetch/download.js'
import { keyOf, Slot } from './fetch/slot.js'

export interface FetchOptions {
  /** The downloads' directory, made when it is needed. */
  directory: string
  io: Pick<Io, 'http'>
  lock: Lock
  /** In bytes. */
  progress?: FetchProgress
}

export interface Fetched {
  path: string
  /** Which of the archive's URLs it came from, redacted. */
  url: string
  /** sha256, those that are published, and blake2b512 where there is a minisign signature. Lower case hexadecimal. */
  digests: Measured['digests']
  /** Bytes. */
  size: number
}

/**
 * Fetches an archive, or finds it whole in the directory: one that was damaged there is fetched again. A `file:` URL's
 * file is used where it is.
 * @throws UnreachableError naming each URL; GonativeError WRONG_SIZE (exit 3), DISK_FULL
 */
export async function fetchArchive(archive: Archive, options: FetchOptions): Promise<Fetched> {
  const slot = new Slot(options.directory, keyOf(archive))
  const work = (): Promise<Fetched> => fetchOnce(archive, slot, options)
  return archive.urls.every(isFileUrl) ? work() : options.lock(`download-${slot.key}`, work)
}

/** Removes a download that was refused, or is no longer needed. What is no download of ours stays. */
export async function discard(path: string): Promise<void> {
  const slot = await Slot.of(path)
  await slot?.empty()
}

async function fetchOnce(archive: Archive, slot: Slot, options: FetchOptions): Promise<Fetched> {
  const failures: GonativeError[] = []
  let cached: Promise<Fetched | undefined> | undefined
  for (const url of archive.urls) {
    try {
      if (isFileUrl(url)) return await inPlace(archive, url)
      cached ??= reuse(archive, slot) // after waiting for the lock, another process may have done it all
      const found = await cached
      if (found) return found
      const progress = options.progress ?? (() => undefined)
      const running = await downloadInto(slot, { archive, url, http: options.io.http, progress })
      return fetched(slot.whole, url, running)
    } catch (error) {
      if (!(error instanceof GonativeError) || !['UNREACHABLE', 'WRONG_SIZE'].includes(error.code)) throw error
      failures.push(error)
    }
  }
  throw noneHasIt(archive, failures)
}

/** The whole file, when it is there and still what it was, and what is published now. */
async function reuse(archive: Archive, slot: Slot): Promise<Fetched | undefined> {
  const record = await slot.record()
  if (record?.sha256 === undefined) return undefined
  const running = await measure(slot.whole, archive)
  if (!running) return undefined
  if (running.digests().sha256 === record.sha256 && isAsPublished(archive, running)) {
    return fetched(slot.whole, record.url, running)
  }
  await slot.empty()
  return undefined
}

async function inPlace(archive: Archive, url: string): Promise<Fetched> {
  const path = fileURLToPath(url)
  const running = await measure(path, archive)
  if (!running) throw new UnreachableError(`${redact(url)}: no such file`)
  if (archive.size !== undefined && archive.size !== running.size) throw wrongSize(archive, url, `${running.size}`)
  return fetched(path, url, running)
}

/** @returns undefined when there is no such file. */
async function measure(path: string, archive: Archive): Promise<RunningDigests | undefined> {
  try {
    return await digestsOfFile(path, algorithmsOf(archive))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new UnreachableError(`${path} can't be read: ${messageOf(error)}`, error)
  }
}

function fetched(path: string, url: string, running: RunningDigests): Fetched {
  return { path, url: redact(url), digests: running.digests(), size: running.size }
}

function isFileUrl(url: string): boolean {
  return /^file:/i.test(url)
}

function noneHasIt(archive: Archive, failures: GonativeError[]): GonativeError {
  const [first] = failures
  if (!first) return new UnreachableError(`${archive.name}: no source says where it is`)
  const wrong = failures.find(({ code }) => code === 'WRONG_SIZE')
  if (failures.length === 1) return first
  const message = `${archive.name} can't be had:${failures.map((failure) => `\n  ${failure.message}`).join('')}`
  return wrong
    ? new GonativeError(wrong.code, message, { exit: 'refused', hint: wrong.hint })
    : new UnreachableError(message)
}
