/** Text in lines of at most so many columns, each begun with `indent`; broken at spaces, so a long word stays whole. */
export function wrap(text: string, columns: number, indent = ''): string {
  const width = Math.min(Math.max(columns, 40), 120) - indent.length
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line].map((each) => indent + each).join('\n')
}
