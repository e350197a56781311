// docs/targets.md: a row a target, a column a program, and the reasons below.
import { format } from 'prettier'
import { programs } from './programs.mjs'

const marks = { ran: '✓', built: '○', unsupported: '–', failed: '✗' }

/**
 * @param {{row: object, cells: Record<string, import('./build.mjs').Cell>, floor?: string, refused?: string}[]} lines
 * @param {{go: string, zig: string, date: string, host: string, modules: string[]}} about
 * @returns {Promise<string>} Markdown
 */
export async function page(lines, about) {
  const notes = []
  const note = (text) => {
    if (!notes.includes(text)) notes.push(text)
    return notes.indexOf(text) + 1
  }
  const table = lines.map(({ row, cells, floor, refused }) => [
    row.target,
    row.libc === 'gnu' && floor ? `gnu.${floor}` : (row.libc ?? ''),
    ...programs.map(({ id }) => (refused ? `– ${number(note(refused))}` : mark(cells[id], note))),
  ])
  const heading = ['target', 'C library', ...programs.map(({ id }) => id)]
  const text = [
    '# Targets, built and run',
    '',
    `Written by \`npm run matrix\` on ${about.date}: Go ${about.go}, zig ${about.zig}, on ${about.host}. Each program was built`,
    'from this one machine with `GOOS`, `GOARCH` and the variant set and nothing else, and its file read: format, machine,',
    'ABI, C library, the libraries that it needs, and for glibc that it asks for no symbol newer than the floor.',
    '',
    ...about.modules.map((module) => `- ${module}`),
    '',
    '✓ built, read and run (natively, or with the emulator that is named); ○ built and read, not run; – not to be had;',
    '✗ failed. The numbers are reasons, below.',
    '',
    `| ${heading.join(' | ')} |`,
    `| ${heading.map(() => '---').join(' | ')} |`,
    ...table.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    ...notes.map((reason, index) => `${index + 1}. ${reason}`),
    '',
    `${tally(lines)}.`,
    '',
  ].join('\n')
  return format(text, { parser: 'markdown', printWidth: 120 })
}

function mark(cell, note) {
  if (!cell) return '?'
  const words = cell.outcome === 'ran' ? (cell.how === 'natively' ? '' : cell.how) : number(note(oneLine(cell.why)))
  return `${marks[cell.outcome]} ${words}`.trim()
}

function number(n) {
  return `(${n})`
}

/** An error's end says most; the table has room for one line. */
function oneLine(text) {
  const line = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .replaceAll(/[<>*_]/g, (letter) => `\\${letter}`)
  return line.length > 400 ? `${line.slice(0, 200)} … ${line.slice(-200)}` : line
}

/** How often each outcome came about: `20 ran, 4 built, 1 unsupported, 0 failed`. */
export function tally(lines) {
  const counts = { ran: 0, built: 0, unsupported: 0, failed: 0 }
  for (const { cells, refused } of lines) {
    if (refused) counts.unsupported += programs.length
    else for (const { outcome } of Object.values(cells)) counts[outcome]++
  }
  return `${counts.ran} ran, ${counts.built} built and read but not run here, ${counts.unsupported} not to be had, ${counts.failed} failed`
}
