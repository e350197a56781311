/**
 * Which checksum database to ask, as the go command's user has configured it. There is no way to ask one and not to
 * check its proofs: GONOSUMCHECK and GOFLAGS=-insecure are not read.
 */
import type { GoEnvironment, PublicKey } from 'gonative/contract'
import { matchesPrefixPatterns } from './patterns.js'

export interface Database {
  /** `sum.golang.org`; a host, and maybe a path. */
  name: string
  /** The database's verifier key; its text is the bare name where the key is one that the core knows. */
  key: PublicKey
  /** Where it is, when GOSUMDB says so: then no proxy is asked. Without a last slash. */
  url?: string
}

/**
 * @param module the module's path
 * @returns `off` with the reason, when the user wants no database asked about this module
 * @throws Error when GOSUMDB can't be understood
 */
export async function databaseFor(module: string, go: GoEnvironment): Promise<Database | { off: string }> {
  const gosumdb = (await setting(go, 'GOSUMDB')) ?? 'sum.golang.org'
  if (gosumdb === 'off') return { off: 'GOSUMDB=off: no checksum database is asked' }
  const exempt = (await setting(go, 'GONOSUMDB')) ?? (await setting(go, 'GOPRIVATE')) ?? ''
  if (matchesPrefixPatterns(exempt, module))
    return { off: `GONOSUMDB or GOPRIVATE, ${exempt}, exempts ${module} from the checksum database` }
  return parseDatabase(gosumdb)
}

/** `name`, `name+hash+key`, each with a URL after it or not (cmd/go, dbDial). */
export function parseDatabase(gosumdb: string): Database {
  // The one alias that Go has: the same database at an address that can be reached from mainland China.
  const text = gosumdb === 'sum.golang.google.cn' ? 'sum.golang.org https://sum.golang.google.cn' : gosumdb
  const [key = '', url, ...rest] = text.trim().split(/\s+/)
  const [name = ''] = key.split('+')
  if (rest.length > 0) throw new Error(`GOSUMDB has more than a key and a URL: ${gosumdb}`)
  if (!/^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[\w~-][\w.~-]*)*$/i.test(name))
    throw new Error(`GOSUMDB names no database, which is a host and maybe a path: ${gosumdb}`)
  return { name, key: { text: key }, ...(url === undefined ? {} : { url: url.replace(/\/+$/, '') }) }
}

/** As the go command reads its environment: empty is as good as unset. */
async function setting(go: GoEnvironment, name: string): Promise<string | undefined> {
  const value = await go.get(name)
  return value === '' ? undefined : value
}
