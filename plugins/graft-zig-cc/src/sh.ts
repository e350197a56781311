/** Texts for POSIX sh. The tables hold flags only, so what would need more care than this is a mistake in a table. */

const plain = /^[A-Za-z0-9_@%+=:,./-][A-Za-z0-9_@%+=:,./#-]*$/
const graft = '{graft}'

/** A word that sh reads as this text, with `{graft}` as the graft's directory. */
export function word(text: string): string {
  if (plain.test(text)) return text
  const [before = '', after, ...more] = text.split(graft)
  if (after !== undefined && more.length === 0 && plain.test(`${before}${after}x`)) return `"${before}$graft${after}"`
  throw new Error(`not a flag: ${text}`)
}

/** A pattern of sh's `case`, in which `*` stands for anything. */
export function pattern(text: string): string {
  if (plain.test(text.replaceAll('*', 'x'))) return text
  throw new Error(`not a flag's pattern: ${text}`)
}

/** Words for people as one word that sh reads as it is. */
export function sentence(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
