/** Lets the event loop run now and then in long synchronous work: locks are refreshed by timers, and signals wait. */
import { setImmediate } from 'node:timers/promises'

/** Milliseconds of work between two breaths. */
const stretch = 40

/** @returns a function to await between pieces of work; `onPause` is called each time it does. */
export function pace(onPause: () => void): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < stretch) return
    onPause()
    await setImmediate()
    last = performance.now()
  }
}
