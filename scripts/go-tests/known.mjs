// The cases that are known to fail, and why: known-failures.json. Each row is for one package and some targets.
import { readFileSync } from 'node:fs'

/**
 * @typedef {object} Known
 * @property {string} package
 * @property {string} test a case, with those below it; a case below another makes that one fail too
 * @property {string[]} targets
 * @property {string} reason
 * @property {string} evidence what shows it
 * @property {boolean} [crashes] the program dies of it, so that it has to be left out for the others to run
 * @property {boolean} [sometimes] it passes at times, which is then no news
 */

/** @returns {Known[]} */
export function knownFailures() {
  return JSON.parse(readFileSync(new URL('known-failures.json', import.meta.url), 'utf8'))
}

/** Those of one package on one target. */
export function knownFor(name, target, table = knownFailures()) {
  return table.filter((row) => row.package === name && row.targets.includes(target))
}

/** The row that explains why a case fails, if one does. */
export function explains(rows, test) {
  return rows.find((row) => test === row.test || test.startsWith(`${row.test}/`) || row.test.startsWith(`${test}/`))
}

/** For `go test -skip`: the cases that would take the others down with them. */
export function skipPattern(rows) {
  const names = rows
    .filter((row) => row.crashes)
    .map((row) =>
      row.test
        .split('/')
        .map((part) => `^${part}$`)
        .join('/'),
    )
  return names.length === 0 ? [] : ['-skip', names.join('|')]
}
