// Takes the samples. One spawnSync a call, timed by itself, and not a loop in sh timed as a whole: a loop has less of a
// cost of its own, but gives no spread, and what runs between its start and end is in its mean. The cost of spawnSync
// (some 1.5 ms, by vfork, so that it does not grow with this process) is in every way alike and goes when two medians are
// subtracted.
import { spawnSync } from 'node:child_process'

/**
 * @typedef {object} Way a program to be timed
 * @property {string} id
 * @property {string[]} command
 * @property {Record<string, string>} env all of its environment
 * @property {string} [cwd]
 * @property {RegExp} [says] what it prints when it does what is meant; looked at once, before anything is timed
 * @property {() => void} [before] makes ready, each time; not timed
 * @property {() => void} [after] clears away, each time; not timed
 */

/**
 * Times all ways by turns, in another order each round, so that none always comes after the same and a slow minute of
 * the machine is in all of them.
 * @param {Way[]} ways
 * @param {{rounds: number, warm: number}} options rounds that count, and those before that don't
 * @returns {Map<string, number[]>} milliseconds by id
 */
export function interleave(ways, { rounds, warm }) {
  const samples = new Map(ways.map(({ id }) => [id, []]))
  for (const way of ways) check(way)
  for (let round = -warm; round < rounds; round++) {
    for (const way of shuffled(ways)) {
      const time = timed(way)
      if (round >= 0) samples.get(way.id)?.push(time)
    }
  }
  return samples
}

function timed({ command: [program, ...args], env, cwd, before, after }) {
  before?.()
  const since = performance.now()
  const { status, error } = spawnSync(program, args, { env, cwd, stdio: 'ignore' })
  const time = performance.now() - since
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error ?? `exit ${status}`}`)
  after?.()
  return time
}

/** Runs a way once, looking at what it says. @throws Error when that is something else */
export function check({ command: [program, ...args], env, cwd, says, before, after }) {
  if (!says) return
  before?.()
  const { status, stdout, stderr, error } = spawnSync(program, args, { env, cwd, encoding: 'utf8' })
  after?.()
  if (status === 0 && says.test(stdout)) return
  throw new Error(`${[program, ...args].join(' ')} said: ${`${error ?? ''}${stdout ?? ''}${stderr ?? ''}`.trim()}`)
}

function shuffled(list) {
  return list
    .map((each) => [Math.random(), each])
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each)
}
