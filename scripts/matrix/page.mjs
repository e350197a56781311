// docs/targets.md.
import { format } from 'prettier'
import { programs } from './programs.mjs'
import { legend, table } from './table.mjs'

/**
 * @param {Parameters<typeof table>[0]} lines
 * @param {{go: string, zig: string, date: string, host: string, modules: string[]}} about
 * @returns {Promise<string>} Markdown
 */
export async function page(lines, about) {
  const text = [
    '# Targets, built and run',
    '',
    `Written by \`npm run matrix\` on ${about.date}: Go ${about.go}, zig ${about.zig}, on ${about.host}. Each program was built`,
    'from this one machine with `GOOS`, `GOARCH` and the variant set and nothing else, and its file read: format, machine,',
    'ABI, C library, the libraries that it needs, and for glibc that it asks for no symbol newer than the floor.',
    '',
    ...about.modules.map((module) => `- ${module}`),
    '',
    ...legend,
    '',
    ...table(
      lines,
      programs.map(({ id }) => id),
    ),
  ].join('\n')
  return format(text, { parser: 'markdown', printWidth: 120 })
}
