// The peers that can be had here, each set up with the same Go in a home of its own.
import { asdf } from './peers/asdf.mjs'
import { goenvs } from './peers/goenv.mjs'
import { mise } from './peers/mise.mjs'

/**
 * @param {{goroot: string, cwd: string, older: () => object}} given the Go that all are to run, the project, and what
 *   sets up the go command's own switch
 * @returns {{ways: object[], versions: Record<string, string>, missing: {peer: string, why: string}[]}}
 */
export function peers({ goroot, cwd, older }) {
  const found = { ways: [], versions: {}, missing: [] }
  const add = (peer, setUp) => {
    try {
      const { name = peer, version, ways } = setUp()
      found.ways.push(...ways.map((way) => ({ cwd, ...way })))
      found.versions[name] = version
    } catch (error) {
      found.missing.push({ peer, why: String(error.message).trim().split('\n')[0] ?? '' })
    }
  }
  add('go switch', older)
  for (const setUp of goenvs(goroot, cwd)) add('goenv', setUp)
  add('asdf', () => asdf(goroot, cwd))
  add('mise', () => mise(goroot, cwd))
  return found
}
