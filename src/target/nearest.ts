/** What a user may have meant: names that others use for Go's, then the smallest number of changed letters. */

/** Names of uname, compilers and package systems → Go's. */
const otherNames: Record<string, string> = {
  macos: 'darwin',
  macosx: 'darwin',
  osx: 'darwin',
  mac: 'darwin',
  win: 'windows',
  win32: 'windows',
  win64: 'windows',
  mingw: 'windows',
  x86_64: 'amd64',
  x64: 'amd64',
  x86: '386',
  i386: '386',
  i686: '386',
  aarch64: 'arm64',
  armv6: 'arm',
  armv7: 'arm',
  armhf: 'arm',
  loongarch64: 'loong64',
  powerpc64: 'ppc64',
  powerpc64le: 'ppc64le',
  ppc64el: 'ppc64le',
  mipsel: 'mipsle',
  mips64el: 'mips64le',
  wasm32: 'wasm',
}

/** The `count` of `known` that are nearest to a text, nearest first. */
export function nearest(text: string, known: readonly string[], count = 3): string[] {
  const words = text
    .toLowerCase()
    .split(/[/:,+-]/)
    .map((word) => otherNames[word] ?? word)
  const meant = words.slice(0, 2).join('/')
  const turned = words.slice(0, 2).reverse().join('/')
  return known
    .map((name) => ({ name, distance: Math.min(changes(meant, name), changes(turned, name)) }))
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, count)
    .map(({ name }) => name)
}

/** Levenshtein's distance: letters to insert, remove or replace. */
function changes(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (let i = 0; i < from.length; i++) {
    const row = [i + 1]
    for (let j = 1; j <= to.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (to[j - 1] === from[i] ? 0 : 1)
      row.push(Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    previous = row
  }
  return previous[to.length] ?? 0
}
