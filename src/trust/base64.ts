/** Base64 as signatures need it: one text for one value. Node's own decoder skips over what it doesn't know. */

/**
 * @param size the number of bytes that must come out, if it is known
 * @returns undefined for anything but padded standard base64
 */
export function decodeBase64(text: string, size?: number): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text) return undefined
  return size === undefined || bytes.length === size ? bytes : undefined
}
