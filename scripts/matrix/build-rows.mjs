// Row by row: the graft made the platform's, what is wanted built with it, and the outcome printed and kept.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { directory, environment, gonative } from './home.mjs'
import { targetEnv } from './variants.mjs'

/**
 * @typedef {object} Result of a row
 * @property {Record<string, import('./build.mjs').Cell>} cells empty where its graft was refused
 * @property {string} [refused] why there is no graft
 * @property {string} [key] what it depends on
 * @property {string} [floor] the glibc that it is built for
 */

/**
 * Builds every row, unless nothing has changed since it was built before and nothing failed then.
 * @param rows of rows.mjs
 * @param {{go: string, results: ReturnType<typeof import('./results.mjs').resultsIn>, fresh?: boolean}} by `fresh` builds
 *   again what is kept
 * @param {(row, by: {go: string, CC: string, env: Record<string, string>}) => Promise<Result['cells']>} build a row, which
 *   has its `floor`
 * @returns {Promise<(Result & {row})[]>}
 */
export async function buildRows(rows, by, build) {
  const lines = []
  for (const [index, row] of rows.entries()) {
    const started = Date.now()
    process.stdout.write(`[${index + 1}/${rows.length}] ${row.name}: `)
    const result = await once(row, by, build)
    const words = Object.entries(result.cells).map(([id, { outcome }]) => `${id} ${outcome}`)
    console.log(`${result.refused ?? words.join(', ')} (${Math.round((Date.now() - started) / 1000)} s)`)
    for (const [id, { outcome, why }] of Object.entries(result.cells)) {
      if (outcome === 'failed') console.log(`  ${id}: ${why.replaceAll('\n', '\n    ')}`)
    }
    lines.push({ row, ...result })
  }
  return lines
}

/** Whether any cell of any line failed. */
export function anyFailed(lines) {
  return lines.some(({ cells }) => Object.values(cells).some(({ outcome }) => outcome === 'failed'))
}

/** @returns {Promise<Result>} the one that was kept, or a new one */
async function once(row, { go, results, fresh }, build) {
  const refused = graft(row, go)
  if (refused) {
    const result = { cells: {}, refused }
    results.keep(row, result)
    return result
  }
  const env = { ...environment(), ...targetEnv(row), GONATIVE_GO: go }
  const CC = execFileSync('go', ['env', 'CC'], { env, encoding: 'utf8' }).trim()
  const key = results.keyOf({ go, CC })
  const before = fresh ? undefined : results.of(row, key)
  if (before && !anyFailed([before])) return before
  const floor = /gnu\w*\.(\d+\.\d+)/.exec(CC)?.[1]
  const cells = await build({ ...row, floor }, { go, CC, env })
  const result = { key, CC, ...(floor ? { floor } : {}), cells }
  results.keep(row, result)
  // No other row can use any of it, and there are many.
  rmSync(join(directory, 'gocache'), { recursive: true, force: true })
  return result
}

/** Makes the row's graft the one of its platform. @returns why it can't be, if that is so */
function graft({ target, libc }, go) {
  try {
    gonative('graft', target, ...(libc ? ['--libc', libc] : []), '--go', go)
    return undefined
  } catch (error) {
    if (error.code !== 'GRAFT_IMPOSSIBLE') throw error
    return error.message.split('\n').slice(1).join(' ').trim()
  }
}
