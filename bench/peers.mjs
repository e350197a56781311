// The peers that can be had here, each set up with the same Go in a home of its own.
import { check } from './measure.mjs'
import { asdf } from './peers/asdf.mjs'
import { goenvs } from './peers/goenv.mjs'
import { mise } from './peers/mise.mjs'

/**
 * @param {{goroot: string, cwd: string, says: RegExp, older: () => object}} given the Go that all are to run, the project, what
 *   `go version` prints then, and what sets up the go command's own switch
 * @returns {{ways: object[], versions: Record<string, string>, missing: {peer: string, why: string}[]}}
 */
export function peers({ goroot, cwd, says, older }) {
  const found = { ways: [], versions: {}, missing: [] }
  const add = (peer, setUp) => {
    try {
      const { name = peer, version, ways } = setUp()
      for (const way of ways) check({ cwd, says, ...way })
      found.ways.push(...ways.map((way) => ({ cwd, ...way })))
      found.versions[name] = version
    } catch (error) {
      found.missing.push({ peer, why: reasonOf(error) })
    }
  }
  add('go switch', older)
  for (const setUp of goenvs(goroot, cwd)) add('goenv', setUp)
  add('asdf', () => asdf(goroot, cwd))
  add('mise', () => mise(goroot, cwd))
  return found
}

/** The first line of what went wrong. Its paths are this machine's, and no reader's: of each the last part stays. */
function reasonOf({ message }) {
  return message
    .trim()
    .split('\n')[0]
    .replace(/(?<![\w.])\/(?:[^\s/:'"]+\/)+/g, '')
}
