/** Tables for people: columns without borders, a heading, nothing to strip when it is piped. */

/** Lines of a table; the first row is the heading. Cells may be empty, never undefined. */
export function table(heading: string[], rows: string[][]): string {
  const all = [heading, ...rows]
  const widths = heading.map((_, at) => Math.max(...all.map((row) => columns(row[at] ?? ''))))
  const padded = (text: string, at: number): string => text + ' '.repeat((widths[at] ?? 0) - columns(text))
  return all.map((row) => row.map(padded).join('  ').trimEnd()).join('\n')
}

/**
 * The columns that a terminal takes for a text: two for wide characters, none for what joins the one before it. Not a
 * package's: those that know every character take longer to load than most commands run.
 */
function columns(text: string): number {
  const seen = text.replace(/[\p{M}\p{Cf}]/gu, '')
  const wide =
    /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60]/gu
  return Array.from(seen).length + (seen.match(wide)?.length ?? 0)
}

/** Bytes as people read them: `72.3 MB` (decimal, as file managers and download pages have it). */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(Math.floor(Math.log10(count) / 3), units.length)
  return `${(count / 1000 ** power).toFixed(1)} ${units[power - 1] ?? ''}`
}
