/**
 * One archive from one URL into its slot. A connection that breaks is resumed where it broke, in this process or the
 * next; the server's validator says whether what is there is still the beginning of what is served.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Archive } from '../../contract/index.js'
import { GonativeError, messageOf, UnreachableError } from '../../errors.js'
import type { Download, Downloads } from '../../io/io.js'
import { redact } from '../../io/redact.js'
import { orDiskFull } from '../disk-full.js'
import type { RunningDigests } from './digests.js'
import { Part, recordOf } from './part.js'
import type { Slot } from './slot.js'

/** Bytes so far, and of the whole where that is known. */
export type FetchProgress = (event: { done: number; total?: number }) => void

export interface Request {
  archive: Archive
  url: string
  http: Downloads
  progress: FetchProgress
}

/** How many connections in a row may break without one byte more than before, and how many may break at all. */
const mostFruitless = 4
const mostBroken = 50
/** Milliseconds before the second try, doubled for each fruitless one. */
const firstPause = 100

/**
 * Downloads into the slot and completes it; what is there already is not asked for again.
 * @throws GonativeError UNREACHABLE, WRONG_SIZE (exit 3), DISK_FULL with what is there kept
 */
export async function downloadInto(slot: Slot, request: Request): Promise<RunningDigests> {
  const part = await Part.open(slot, request.archive, request.url).catch((error: unknown) => {
    throw orDiskFull(error, slot.directory, 'nothing was downloaded')
  })
  try {
    let fruitless = 0
    for (let broken = 1; !part.isWhole; broken += 1) {
      const before = part.most
      const problem = await connect(part, request, broken > 1)
      if (problem === undefined) break
      fruitless = part.most > before ? 0 : fruitless + 1
      if (fruitless >= mostFruitless || broken >= mostBroken) {
        throw new UnreachableError(`${problem}; gave up after ${broken} tries, what is there is kept`)
      }
      await sleep(firstPause * 2 ** fruitless)
    }
    await part.complete()
  } catch (error) {
    throw orDiskFull(error, slot.directory, 'what is there is kept for the next try')
  } finally {
    await part.close()
  }
  return part.running
}

/** One connection, `again` after one that was answered. @returns undefined when the file is whole, else what broke. */
async function connect(part: Part, request: Request, again: boolean): Promise<string | undefined> {
  const { archive, url } = request
  const resuming = part.size > 0
  let answer: Download
  try {
    answer = await request.http.download(url, part.resumption())
  } catch (error) {
    if (again && error instanceof UnreachableError) return messageOf(error)
    throw error
  }
  if (archive.size !== undefined && answer.size !== undefined && answer.size !== archive.size) {
    await drop(answer)
    throw wrongSize(archive, url, `${answer.size}`)
  }
  if (!part.isContinuedBy(answer)) {
    if (resuming && answer.status !== 200) {
      await drop(answer)
      await part.restart({ url: redact(url) })
      return `${redact(url)} has another file now`
    }
    if (answer.status === 416) throw new UnreachableError(`${redact(url)} answered with status 416 to no range`)
    await part.restart(recordOf(url, answer))
  }
  return receive(part, answer, request)
}

/** Reads the body to its end. @returns what broke, if something did. */
async function receive(part: Part, answer: Download, request: Request): Promise<string | undefined> {
  const { archive, url, progress } = request
  const { total } = part
  const report = (): void => progress({ done: part.size, ...(total === undefined ? {} : { total }) })
  report()
  try {
    for await (const chunk of answer.body) {
      if (total !== undefined && part.size + chunk.length > total) throw wrongSize(archive, url, `more than ${total}`)
      await part.append(chunk)
      report()
    }
  } catch (error) {
    if (error === part.failure || (error instanceof GonativeError && !(error instanceof UnreachableError))) throw error
    return messageOf(error)
  }
  if (total === undefined || part.size === total) return undefined
  return `${redact(url)} ended after ${part.size} of ${total} bytes`
}

/** Reads no further: a body has to be begun before its reader can close it. */
async function drop({ body }: Download): Promise<void> {
  try {
    const chunks = body[Symbol.asyncIterator]()
    await chunks.next()
    await chunks.return?.()
  } catch {
    // It is given up anyway.
  }
}

/** The error for a file of another size than was published, or than its server said. */
export function wrongSize(archive: Archive, url: string, found: string): GonativeError {
  const published = archive.size === undefined ? '' : `, published are ${archive.size}`
  return new GonativeError('WRONG_SIZE', `${redact(url)} holds ${found} bytes${published}`, {
    exit: 'refused',
    hint: 'What is served is not what was published. Try another --source, and tell whoever runs this one.',
  })
}
