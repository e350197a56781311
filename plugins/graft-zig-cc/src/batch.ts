/** Words for cmd.exe. The tables hold flags only, so what would need more care than this is a mistake in a table. */

const plain = /^[A-Za-z0-9_@+:,./=#-]+$/
const graft = '{graft}'

/** A word that cmd.exe hands on as this text, with `{graft}` as the graft's directory. */
export function batchWord(text: string): string {
  if (plain.test(text)) return text
  const [before = '', after, ...more] = text.split(graft)
  if (after !== undefined && more.length === 0 && plain.test(`${before}${after}x`)) {
    return `"${before}%graft%${after.replaceAll('/', '\\')}"`
  }
  throw new Error(`not a flag: ${text}`)
}
