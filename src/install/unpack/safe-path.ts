/**
 * Which names an archive may use. Everything that some system reads as more than "a file in a directory" is a flaw,
 * on every system: archives are checked where they are unpacked, and used elsewhere.
 */

/** Control characters: NUL ends a name in C, a newline ends it in `h1:`. */

const control = /[\u0000-\u001f\u007f]/

/** What is wrong with an entry's name (without a directory's last slash), as a clause for a sentence; undefined when nothing is. */
export function flawOf(name: string): string | undefined {
  const flaw = flawOfText(name)
  if (flaw) return flaw
  const segments = name.split('/')
  if (segments.includes('..')) return 'climbs out with ".."'
  if (segments.includes('.') || segments.includes('')) return 'has an empty or "." segment'
  if (segments.some((segment) => Buffer.byteLength(segment) > 255) || name.length > 1024) return 'is too long'
  return undefined
}

/** What is wrong with a symbolic link at `path` (in the tree) to `target`: it must not lead out of the tree. */
export function linkFlawOf(path: string, target: string): string | undefined {
  const flaw = flawOfText(target)
  if (flaw) return `is a link to ${JSON.stringify(target)}, which ${flaw}`
  let depth = path.split('/').length - 1
  for (const segment of target.split('/')) {
    if (segment === '..') depth -= 1
    else if (segment !== '' && segment !== '.') depth += 1
    if (depth < 0) return `is a link to ${JSON.stringify(target)}, which leads out of the tree`
  }
  return undefined
}

function flawOfText(text: string): string | undefined {
  if (text === '') return 'is empty'
  if (control.test(text)) return 'has a control character'
  if (text.includes('\ufffd')) return 'is not UTF-8'
  if (text.includes('\\')) return 'has a backslash'
  if (text.startsWith('/') || /^[A-Za-z]:/.test(text)) return 'is an absolute path'
  return undefined
}

/** Two names with one key are one file on some file system: those that ignore case, or the form of accents. */
export function foldName(name: string): string {
  return name.normalize('NFD').toUpperCase().toLowerCase()
}
