/** URLs as they may be shown: a registry's URL often carries a user's password or a signed query. */

/**
 * A URL without its user, password and query, for messages. What isn't a URL loses whatever looks like a user and
 * password in one.
 */
export function redact(url: string): string {
  if (!URL.canParse(url)) return url.replaceAll(/\/\/[^/@\s]*@/g, '//')
  const shown = new URL(url)
  shown.username = ''
  shown.password = ''
  const query = shown.search === '' ? '' : '?…'
  shown.search = ''
  shown.hash = ''
  return shown.href + query
}
