/** Damages a file in many ways, the same in every run. */
import { open } from 'node:fs/promises'
import { GonativeError } from '../../src/errors.js'

/** Numbers from a seed (a linear congruential generator): a failure can be run again. */
export function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state % below
  }
}

const patterns = [0x00, 0xff, 0x7f, 0x80, 0x01]

/** What came of it: how often it was read all the same, and how often refused. */
export interface Outcome {
  read: number
  refused: number
}

/**
 * Overwrites runs of bytes, at the beginning, at the end and anywhere, and cuts the file off; the file is as before
 * after each.
 * @param path written to
 * @param attempt reads the file; anything it throws but a GonativeError is thrown on, with what was done to the file
 */
export async function damage(path: string, times: number, attempt: () => Promise<unknown>): Promise<Outcome> {
  const next = numbers(7)
  const handle = await open(path, 'r+')
  const { size } = await handle.stat()
  const outcome: Outcome = { read: 0, refused: 0 }
  const tryOut = async (what: string): Promise<void> => {
    try {
      await attempt()
      outcome.read++
    } catch (error) {
      if (!(error instanceof GonativeError)) throw new Error(`${path}: ${what}`, { cause: error })
      outcome.refused++
    }
  }
  try {
    for (let index = 0; index < times; index++) {
      const reach = Math.min(2048, size)
      const at = [next(reach), size - reach + next(reach), next(reach), next(size)][index % 4] ?? 0
      const length = Math.min([1, 2, 4, 8][next(4)] ?? 1, size - at)
      const before = Buffer.alloc(length)
      await handle.read(before, 0, length, at)
      const after = Buffer.alloc(length, patterns[next(patterns.length)])
      await handle.write(after, 0, length, at)
      await tryOut(`${after.toString('hex')} at ${at}`)
      await handle.write(before, 0, length, at)
    }
    for (let index = 0; index < times / 4; index++) {
      const at = index % 2 === 0 ? next(Math.min(2048, size)) : next(size)
      const rest = Buffer.alloc(size - at)
      await handle.read(rest, 0, rest.length, at)
      await handle.truncate(at)
      await tryOut(`cut at ${at}`)
      await handle.write(rest, 0, rest.length, at)
    }
  } finally {
    await handle.close()
  }
  return outcome
}
