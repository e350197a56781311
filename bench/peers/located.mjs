// Where a peer's program is that no package registry has: in the directories that a variable names, or on PATH.
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/**
 * @param {string} name the program
 * @param {string} variable names checkouts or directories, as PATH does; the program is in each, or in its bin
 * @param {(directory: string) => boolean} [counts] which of those that the variable names are looked at
 * @returns {(() => string)[]} for each, what gives the program's path, or throws an Error saying where there is none
 */
export function located(name, variable, counts = () => true) {
  const given = (process.env[variable] ?? '').split(delimiter).filter((each) => each !== '' && counts(each))
  if (given.length > 0) return given.map((each) => () => find(name, [join(each, 'bin'), each], `in ${each}`))
  const path = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return [() => find(name, path, `on PATH, and ${variable} names no checkout`)]
}

function find(name, directories, where) {
  const found = directories.map((each) => resolve(each, name)).find(runs)
  if (!found) throw new Error(`there is no ${name} program ${where}`)
  return found
}

function runs(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
