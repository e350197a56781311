/** Zips: every entry is judged before the first is written, then they are inflated by as many threads as there are. */
import { closeSync, openSync } from 'node:fs'
import type * as Yauzl from 'yauzl'
import { GonativeError } from '../../errors.js'
import type { TreeWriter } from './tree-writer.js'
import { corrupt, unsafe, type UnpackedFile, type UnpackProgress } from './unpacked.js'
import { windowReader } from './window-reader.js'
import { dataStart, zipEntries, type ZipEntry } from './zip-entries.js'
import type { ZipJob, ZipOutcome } from './zip-job.js'
import { inThisThread, inThreads, type ZipWorkers } from './zip-threads.js'

/** Below this many entries starting threads takes longer than they save. */
const many = 500

/** A batch is sent to a thread when it has this many files, or bytes. */
const batchFiles = 64
const batchBytes = 1 << 20

/** Unpacks a zip into the tree, by at most `threads` threads. @throws UNSAFE_ARCHIVE, CORRUPT_ARCHIVE */
export async function unpackZip(
  file: string,
  tree: TreeWriter,
  progress: UnpackProgress,
  threads: number,
): Promise<void> {
  const yauzl = await import('yauzl')
  const fd = openSync(file, 'r')
  try {
    const reader = windowReader(yauzl, fd)
    // Names and sizes are judged by zip-entries.ts, by stricter rules than yauzl's.
    const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false }
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, reader.size, options)
    const total = zip.entryCount
    let done = 0
    const report = (): void => progress({ done, total })
    // The threads come up while the directory is read.
    const workers = threads > 1 && total >= many ? inThreads(fd, threads, report) : inThisThread(fd, report)
    try {
      const entries = await zipEntries(zip, tree)
      await unpackEntries(zip, entries, tree, workers, (batch) => {
        done += batch
        report()
      })
    } finally {
      await workers.close()
    }
    report()
  } catch (error) {
    // What is no system error comes from yauzl and is about the file's content.
    const known = error instanceof GonativeError || (error instanceof Error && 'syscall' in error)
    throw known ? error : corrupt(tree.archive.name, error)
  } finally {
    closeSync(fd)
  }
}

interface Task {
  entry: ZipEntry
  job: ZipJob & Pick<UnpackedFile, 'mode'>
}

async function unpackEntries(
  zip: Yauzl.ZipFile,
  entries: ZipEntry[],
  tree: TreeWriter,
  workers: ZipWorkers,
  did: (entries: number) => void,
): Promise<void> {
  const measured: Promise<string[]>[] = []
  const underWay = new Set<Promise<unknown>>()
  const tasks: Task[] = []
  for await (const batch of batches(zip, entries, tree)) {
    const one = workers.do(batch.map(({ job }) => job)).then((outcomes) => {
      did(batch.length)
      return outcomes.map((outcome, at) => sha256Of(outcome, batch[at]?.entry.name ?? '', tree))
    })
    measured.push(one)
    tasks.push(...batch)
    // One that fails stays, so that the next race ends with it and nothing more is begun.
    const ended: Promise<unknown> = one.then(() => underWay.delete(ended))
    ended.catch(() => undefined)
    underWay.add(ended)
    if (underWay.size >= workers.width) await Promise.race(underWay)
  }
  const sums = (await Promise.all(measured)).flat()
  tasks.forEach(({ entry, job }, at) => tree.wrote(entry, { sha256: sums[at] ?? '', size: job.size, mode: job.mode }))
}

/** Makes the directories, and holds every entry against what stands before its data. */
async function* batches(zip: Yauzl.ZipFile, entries: ZipEntry[], tree: TreeWriter): AsyncGenerator<Task[]> {
  let batch: Task[] = []
  let bytes = 0
  for (const entry of entries) {
    const start = await dataStart(zip, entry, tree.archive.name)
    if (entry.isDirectory) {
      tree.makeDirectory(entry)
      continue
    }
    const { compressedSize: packed, uncompressedSize: size, crc32 } = entry.raw
    const place = tree.prepare(entry, size, entry.executable)
    batch.push({ entry, job: { start, packed, size, crc32, deflated: entry.deflated, ...place } })
    bytes += size
    if (batch.length < batchFiles && bytes < batchBytes) continue
    yield batch
    batch = []
    bytes = 0
  }
  if (batch.length > 0) yield batch
}

function sha256Of(outcome: ZipOutcome, name: string, { archive }: TreeWriter): string {
  if ('sha256' in outcome) return outcome.sha256
  if ('unsafe' in outcome) throw unsafe(archive.name, name, outcome.unsafe)
  throw corrupt(archive.name, `${JSON.stringify(name)}: ${outcome.corrupt}`)
}
