/**
 * Env files: what a graft or a toolchain gives to builds, as lines `NAME=value`. They are data and never evaluated: the
 * shim reads them line by line and exports what the user has not set. Nothing in a value has to be quoted.
 */
import { GonativeError } from '../errors.js'

/** The user's own, whatever a plugin would like: see "Env files, not logic" in ARCHITECTURE.md. */
const never = ['GOPATH', 'GOBIN', 'GOTOOLCHAIN', 'GOFLAGS', 'PATH', 'GONATIVE_SET', 'GONATIVE_GO']

const name = /^[A-Z][A-Z0-9_]*$/

/**
 * The text of an env file. GOROOT is for the `toolchain` file alone; the shim ignores it elsewhere.
 * @throws GonativeError for a name that isn't a variable's or is never set, or a value of more than one line.
 */
export function formatEnv(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([key, value]) => {
      if (!name.test(key) || never.includes(key) || /[\0\n\r]/.test(value)) {
        throw new GonativeError('BAD_ENV', `an env file cannot set ${JSON.stringify(`${key}=${value}`)}`)
      }
      return `${key}=${value}\n`
    })
    .join('')
}

/** Reads an env file, or the user's go env file, which has the same form. Other lines are ignored, the last one wins. */
export function parseEnv(text: string): Record<string, string> {
  const variables = text.split('\n').flatMap((line) => {
    const [key = '', ...rest] = line.split('=')
    return rest.length > 0 && name.test(key) ? [[key, rest.join('=')] as const] : []
  })
  return Object.fromEntries(variables)
}
