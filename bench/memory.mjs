// Preloaded by `node --import`: writes the process's peak resident memory, in KiB, to the file that GONATIVE_BENCH_MEMORY
// names when the process ends. Worker threads load it too, and say nothing: the figure is the process's.
import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

const file = process.env.GONATIVE_BENCH_MEMORY
if (isMainThread && file) process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)))
