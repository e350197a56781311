// Results so far, a file a row, so that a run that was interrupted goes on, and part of it can be run again.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @param {string} results the directory that keeps them
 * @param {string[]} programs the directories of what is built
 */
export function resultsIn(results, programs) {
  const fileOf = ({ name }) => join(results, `${name.replaceAll(/[/ ]/g, '-')}.json`)

  /** What a result depends on: the toolchain, the graft (its name ends with its content's hash), and the programs. */
  function keyOf({ go, CC }) {
    const hash = createHash('sha256').update(`${go}\n${CC}\n`)
    for (const top of new Set(programs)) {
      for (const entry of readdirSync(top, { recursive: true, withFileTypes: true }).sort(byName)) {
        if (entry.isFile())
          hash.update(entry.name).update(readFileSync(join(entry.parentPath ?? entry.path, entry.name)))
      }
    }
    return hash.digest('hex').slice(0, 16)
  }

  /** A row's result, if there is one, and for this key. */
  function of(row, key) {
    try {
      const found = JSON.parse(readFileSync(fileOf(row), 'utf8'))
      return key === undefined || found.key === key ? found : undefined
    } catch {
      return undefined
    }
  }

  function keep(row, result) {
    mkdirSync(results, { recursive: true })
    writeFileSync(fileOf(row), `${JSON.stringify(result, undefined, 2)}\n`)
  }

  return { keyOf, of, keep }
}

function byName(a, b) {
  return a.name < b.name ? -1 : 1
}
