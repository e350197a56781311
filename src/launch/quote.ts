/** Quoting of any text as one word of a shell. */

/** For sh, bash and zsh. */
export function quoteSh(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** For fish: within single quotes the backslash escapes itself and the quote (fishshell.com/docs: Quotes). */
export function quoteFish(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`
}

/** For PowerShell, which takes the typographic single quotes for quotes too (about_Quoting_Rules). */
export function quotePowershell(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
}
