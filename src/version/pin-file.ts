/** What `use --local` writes into `.go-version`. */

/**
 * A pin file's text with another version: the line that holds one is changed, and whatever else is there stays as it is,
 * comments and line ends too. @param before undefined where there is no such file yet
 */
export function withPin(before: string | undefined, version: string): string {
  if (before === undefined || before === '') return `${version}\n`
  const lines = before.split('\n')
  const at = lines.findIndex((line) => /^[ \t]*[^#\s]/.test(line))
  if (at < 0) return `${before}${before.endsWith('\n') ? '' : '\n'}${version}\n`
  lines[at] = (lines[at] ?? '').replace(
    /^([ \t]*)[^#\r]*?([ \t]*(?:#.*)?\r?)$/,
    (_, indent: string, rest: string) => indent + version + rest,
  )
  return lines.join('\n')
}
