/** The comma-separated patterns of GOPRIVATE and GONOSUMDB: golang.org/x/mod/module, MatchPrefixPatterns. */

/** Whether any pattern matches the path or its beginning, whole elements at a time. */
export function matchesPrefixPatterns(patterns: string, path: string): boolean {
  const elements = path.split('/')
  return patterns
    .split(',')
    .map((pattern) => pattern.replace(/\/$/, ''))
    .filter((pattern) => pattern !== '')
    .some((pattern) => {
      const count = pattern.split('/').length
      return count <= elements.length && globOf(pattern)?.test(elements.slice(0, count).join('/')) === true
    })
}

/** Go's path.Match as an expression: `*`, `?`, `[a-z]`, `[^a-z]` and `\` before a character. Undefined when malformed. */
function globOf(pattern: string): RegExp | undefined {
  const parts = pattern.match(/\\.|\[\^?(?:\\.|[^\]\\])+\]|[^\\[]/gsu) ?? []
  if (parts.join('') !== pattern) return undefined
  try {
    return new RegExp(`^${parts.map(expressionOf).join('')}$`, 'u')
  } catch {
    return undefined
  }
}

function expressionOf(part: string): string {
  if (part === '*') return '[^/]*'
  if (part === '?') return '[^/]'
  if (part.startsWith('[')) return part.replace(/(?<=.)\[/g, '\\[')
  const character = part.startsWith('\\') ? part.slice(1) : part
  return character.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&')
}
