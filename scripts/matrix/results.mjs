// Results so far, a file a row, so that a run that was interrupted goes on, and part of the matrix can be run again.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { directory } from './home.mjs'
import { programs, programsDirectory } from './programs.mjs'

const results = join(directory, 'results')

/** What a result depends on: the toolchain, the graft (its name ends with its content's hash), and the programs. */
export function keyOf({ go, CC }) {
  const hash = createHash('sha256').update(`${go}\n${CC}\n`)
  for (const top of new Set([programsDirectory, ...programs.map((program) => program.directory)])) {
    for (const entry of readdirSync(top, { recursive: true, withFileTypes: true }).sort(byName)) {
      if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath ?? entry.path, entry.name)))
    }
  }
  return hash.digest('hex').slice(0, 16)
}

/** A row's result, if there is one for this key. */
export function resultOf(row, key) {
  try {
    const found = JSON.parse(readFileSync(fileOf(row), 'utf8'))
    return key === undefined || found.key === key ? found : undefined
  } catch {
    return undefined
  }
}

export function keep(row, result) {
  mkdirSync(results, { recursive: true })
  writeFileSync(fileOf(row), `${JSON.stringify(result, undefined, 2)}\n`)
}

function fileOf(row) {
  return join(results, `${row.name.replaceAll(/[/ ]/g, '-')}.json`)
}

function byName(a, b) {
  return a.name < b.name ? -1 : 1
}
