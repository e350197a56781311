/** The thread: does batches of jobs one after another, and answers each. */
import { parentPort, workerData } from 'node:worker_threads'
import { doZipJob, type ZipJob, type ZipOutcome } from './zip-job.js'
import type { ZipAnswer } from './zip-threads.js'

const fd = workerData as number // what ZipThread gives
let before: Promise<void> = Promise.resolve()

parentPort?.on('message', (jobs: ZipJob[]) => {
  before = before.then(async () => parentPort?.postMessage(await answer(jobs)))
})

async function answer(jobs: ZipJob[]): Promise<ZipAnswer> {
  try {
    const outcomes: ZipOutcome[] = []
    for (const job of jobs) outcomes.push(await doZipJob(fd, job))
    return { outcomes }
  } catch (error) {
    const { message, code, syscall } = error as NodeJS.ErrnoException // doZipJob throws nothing else
    return { error: { message, ...(code ? { code } : {}), ...(syscall ? { syscall } : {}) } }
  }
}
