// A table in Markdown: a row a target, a column for each thing that was built, and the reasons below.

const marks = { ran: '✓', built: '○', unsupported: '–', failed: '✗' }

export const legend = [
  '✓ built, read and run (natively, or with the emulator that is named); ○ built and read, not run; – not to be had;',
  '✗ failed. The numbers are reasons, below.',
]

/**
 * @param {{row: object, cells: Record<string, import('./build.mjs').Cell>, floor?: string, refused?: string}[]} lines
 * @param {string[]} columns the cells' names
 * @returns {string[]} lines of Markdown
 */
export function table(lines, columns) {
  const notes = []
  const note = (text) => {
    if (!notes.includes(text)) notes.push(text)
    return `(${notes.indexOf(text) + 1})`
  }
  const rows = lines.map(({ row, cells, floor, refused }) => [
    row.target,
    row.libc === 'gnu' && floor ? `gnu.${floor}` : (row.libc ?? ''),
    ...columns.map((id) => (refused ? `– ${note(refused)}` : mark(cells[id], note))),
  ])
  const heading = ['target', 'C library', ...columns]
  return [
    `| ${heading.join(' | ')} |`,
    `| ${heading.map(() => '---').join(' | ')} |`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    ...notes.map((reason, index) => `${index + 1}. ${reason}`),
    '',
    `${tally(lines, columns)}.`,
    '',
  ]
}

function mark(cell, note) {
  if (!cell) return '?'
  const words = cell.outcome === 'ran' ? (cell.how === 'natively' ? '' : cell.how) : note(oneLine(cell.why))
  return `${marks[cell.outcome]} ${words}`.trim()
}

/** An error's end says most; the table has room for one line. */
function oneLine(text) {
  const line = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .replaceAll(/[<>*_]/g, (letter) => `\\${letter}`)
  return line.length > 400 ? `${line.slice(0, 200)} … ${line.slice(-200)}` : line
}

/** How often each outcome came about: `20 ran, 4 built and read but not run here, 1 not to be had, 0 failed`. */
export function tally(lines, columns) {
  const counts = { ran: 0, built: 0, unsupported: 0, failed: 0 }
  for (const { cells, refused } of lines) {
    if (refused) counts.unsupported += columns.length
    else for (const { outcome } of Object.values(cells)) counts[outcome]++
  }
  return `${counts.ran} ran, ${counts.built} built and read but not run here, ${counts.unsupported} not to be had, ${counts.failed} failed`
}
