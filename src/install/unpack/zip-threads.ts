/** Who does a zip's jobs: this thread alone, or others with it for an archive of many files. */
import { Worker } from 'node:worker_threads'
import { pace } from './pace.js'
import { doZipJob, type ZipJob, type ZipOutcome } from './zip-job.js'

export interface ZipWorkers {
  /** How many batches can be under way at once. */
  readonly width: number
  /** Does a batch in order. Waits for a free thread. @throws system errors */
  do(jobs: ZipJob[]): Promise<ZipOutcome[]>
  /** Ends when nothing is written any more, whatever was under way. */
  close(): Promise<void>
}

/** This thread, which lets others have their turn: `onPause` is called each time it does. */
export function inThisThread(fd: number, onPause: () => void): ZipWorkers {
  const breathe = pace(onPause)
  return {
    width: 1,
    async do(jobs) {
      const outcomes: ZipOutcome[] = []
      for (const job of jobs) {
        outcomes.push(await doZipJob(fd, job))
        await breathe()
      }
      return outcomes
    },
    close: () => Promise.resolve(),
  }
}

/** What a thread answers to a batch. A system error loses its class on the way. */
export type ZipAnswer = { outcomes: ZipOutcome[] } | { error: { message: string; code?: string; syscall?: string } }

/** Batches that wait for each other thread: while this one does a batch itself, it hands out none. */
const ahead = 6

/** This thread and others, `count` in all, sharing the open file. The others have their next batches waiting for them. */
export function inThreads(fd: number, count: number, onPause: () => void): ZipWorkers {
  const here = inThisThread(fd, onPause)
  const others = Array.from({ length: count - 1 }, () => new ZipThread(fd))
  return {
    width: (count - 1) * ahead + 1,
    do(jobs) {
      const least = others.reduce((a, b) => (b.waiting < a.waiting ? b : a))
      return least.waiting < ahead ? least.do(jobs) : here.do(jobs)
    },
    async close() {
      await Promise.all(others.map((thread) => thread.close()))
    },
  }
}

class ZipThread {
  private readonly worker: Worker
  private readonly asked: { resolve: (outcomes: ZipOutcome[]) => void; reject: (error: unknown) => void }[] = []

  constructor(fd: number) {
    this.worker = new Worker(new URL('./zip-thread.js', import.meta.url), {
      workerData: fd,
      // It makes little but buffers; without a limit each thread has a heap as large as the program's.
      resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 },
    })
    this.worker.on('message', (answer: ZipAnswer) => this.take(answer))
    this.worker.on('error', (error) => this.fail(error))
    this.worker.on('exit', () => this.fail(new Error('a thread that unpacks has ended')))
  }

  /** Batches that it has not answered. */
  get waiting(): number {
    return this.asked.length
  }

  do(jobs: ZipJob[]): Promise<ZipOutcome[]> {
    return new Promise((resolve, reject) => {
      this.asked.push({ resolve, reject })
      this.worker.postMessage(jobs)
    })
  }

  async close(): Promise<void> {
    await this.worker.terminate()
  }

  private take(answer: ZipAnswer): void {
    const asked = this.asked.shift()
    if ('outcomes' in answer) asked?.resolve(answer.outcomes)
    else asked?.reject(Object.assign(new Error(answer.error.message), answer.error))
  }

  private fail(error: unknown): void {
    for (const { reject } of this.asked.splice(0)) reject(error)
  }
}
