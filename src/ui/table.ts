/** Tables for people: columns without borders, a heading, nothing to strip when it is piped. */

/** Lines of a table; the first row is the heading. Cells may be empty, never undefined. */
export async function table(heading: string[], rows: string[][]): Promise<string> {
  const { default: Table } = await import('cli-table3')
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' }
  const noSides = { 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '' }
  const made = new Table({
    chars: { ...none, ...noSides, right: '', 'right-mid': '', middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  })
  made.push(heading, ...rows)
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

/** Bytes as people read them: `72.3 MB` (decimal, as file managers and download pages have it). */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(Math.floor(Math.log10(count) / 3), units.length)
  return `${(count / 1000 ** power).toFixed(1)} ${units[power - 1] ?? ''}`
}
