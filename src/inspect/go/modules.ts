/** Parses the text of build information: lines of `path`, `mod`, `dep`, `=>` and `build` (debug.ParseBuildInfo). */
import type { GoFacts, Module } from '../inspection.js'

export type ModuleFacts = Pick<GoFacts, 'path' | 'module' | 'deps' | 'settings'>

/** Lines that it does not know are passed over: later Go may write more. */
export function parseModules(text: string): ModuleFacts {
  const facts: ModuleFacts = { path: null, module: null, deps: [], settings: {} }
  const settings: [string, string][] = []
  let last: Module | null = null
  for (const line of text.split('\n')) {
    const [word, ...rest] = line.split('\t')
    const [path = '', version = '', sum = ''] = rest
    const module = { path, version, sum, replace: null }
    if (word === 'path') facts.path = path
    else if (word === 'mod') facts.module = last = module
    else if (word === 'dep') facts.deps.push((last = module))
    else if (word === '=>' && last) last.replace = module
    else if (word === 'build') settings.push(keyAndValue(rest.join('\t')))
  }
  return { ...facts, settings: Object.fromEntries(settings) }
}

/** `key=value`, each quoted as Go quotes strings where it has a character that needs it. */
function keyAndValue(text: string): [string, string] {
  const quoted = /^("(?:[^"\\]|\\.)*"|`[^`]*`)=/.exec(text)?.[1]
  const key = quoted ?? text.slice(0, Math.max(0, text.indexOf('=')))
  return [unquote(key), unquote(text.slice(key.length + 1))]
}

const escapes: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** Go's strconv.Unquote, for what strconv.Quote writes; text without quotes is itself. */
function unquote(text: string): string {
  if (/^`[^`]*`$/.test(text)) return text.slice(1, -1)
  if (!/^".*"$/s.test(text)) return text
  const code = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-7]{3})|(.))/gis
  return text
    .slice(1, -1)
    .replace(code, (whole: string, x?: string, u?: string, long?: string, o?: string, c?: string) => {
      const hex = x ?? u ?? long
      if (c !== undefined) return escapes[c] ?? c
      const value = hex === undefined ? parseInt(o ?? '0', 8) : parseInt(hex, 16)
      return value <= 0x10ffff ? String.fromCodePoint(value) : whole
    })
}
