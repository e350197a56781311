// docs/build-modes.md.
import { format } from 'prettier'
import { legend, table } from '../matrix/table.mjs'
import { modes } from './build.mjs'

/**
 * @param {Parameters<typeof table>[0]} lines
 * @param {{go: string, zig: string, date: Date}} about
 * @returns {Promise<string>} Markdown
 */
export async function page(lines, { go, zig, date }) {
  const text = [
    '# Build modes',
    '',
    `Written by \`npm run modes\` on ${date.toISOString().slice(0, 10)}: Go ${go}, zig ${zig}. One program with C, the resolver`,
    'and users, built as a position-independent executable, as a library for C programs (`c-shared`, `c-archive`) and with',
    'the race detector. Its file was read; a library was loaded by a C program, an archive linked into one, by the',
    "target's own `CC`, and the program was run where that can be done here.",
    '',
    ...legend,
    '',
    ...table(lines, modes),
  ].join('\n')
  return format(text, { parser: 'markdown', printWidth: 120 })
}
