// What a package's run is worth: counts, and what has to be looked at.
import { explains } from './known.mjs'

/**
 * @param {ReturnType<import('./events.mjs').readEvents>} run
 * @param {import('./known.mjs').Known[]} rows that hold for it
 * @returns {{passed: number, failed: number, known: number, skipped: number, notes: string[]}}
 */
export function judge(run, rows) {
  const result = { passed: 0, failed: 0, known: 0, skipped: 0, notes: [] }
  for (const [name, { outcome, output }] of run.cases) {
    if (outcome === 'pass') result.passed++
    else if (outcome === 'skip') result.skipped++
    else if (explains(rows, name)) result.known++
    else {
      result.failed++
      result.notes.push(`FAILED ${name}\n${last(output)}`)
    }
  }
  // Left out because of what it does to the others: known all the same.
  result.known += rows.filter((row) => row.crashes).length
  if (run.failed && result.failed === 0 && ![...run.cases.values()].some(({ outcome }) => outcome === 'fail')) {
    result.failed++
    result.notes.push(`FAILED as a whole\n${last(run.output)}`)
  }
  for (const row of rows) {
    if (row.crashes || run.cases.get(row.test)?.outcome !== 'pass') continue
    if (!row.sometimes) result.failed++
    result.notes.push(`${row.test} is known to fail, and passed: ${row.reason}`)
  }
  return result
}

/** The end of an output says most. */
function last(text) {
  return text.trimEnd().split('\n').slice(-40).join('\n').replaceAll(/^/gm, '    ')
}
