/** For which platforms Go has published distributions whose `pkg` holds the compiled standard library. */

/**
 * Platform → the first Go that has one, from the lists of files at https://go.dev/dl/ (for ports that joined within a line,
 * the line: a release without the file is found out by asking the sources).
 */
export const published: Readonly<Record<string, string>> = {
  'darwin/386': '1.0',
  'darwin/amd64': '1.0',
  'darwin/arm64': '1.16',
  'freebsd/386': '1.0',
  'freebsd/amd64': '1.0',
  'linux/386': '1.0',
  'linux/amd64': '1.0',
  'linux/arm': '1.6',
  'linux/arm64': '1.8',
  'linux/ppc64le': '1.7',
  'linux/s390x': '1.7',
  'windows/386': '1.0',
  'windows/amd64': '1.0',
  'windows/arm64': '1.17',
}

/** The first Go whose distributions have no compiled standard library, and where it says so. */
export const without = { go: '1.20', see: 'https://go.dev/doc/go1.20#go-command' }

/** The letter in the names of the compilers of Go ≤ 1.4, one for each machine: 6g, 8l. */
export const letters: Readonly<Record<string, string>> = { 386: '8', amd64: '6', arm: '5' }

/** The first Go with one compiler for all machines, and with all platforms' files in its source. */
export const oneCompiler = '1.5'

/** The first Go for which something else can serve the platforms that have no official distribution. */
export const servedOtherwise = '1.6'

/** Negative, zero or positive, as release line `a` is older than, the same as or newer than `b`: `1.20rc1` is of 1.20. */
export function compareLines(a: string, b: string): number {
  const [left, right] = [lineOf(a), lineOf(b)]
  return left[0] - right[0] || left[1] - right[1]
}

function lineOf(version: string): [major: number, minor: number] {
  const [, major = '0', minor = '0'] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? []
  return [Number(major), Number(minor)]
}
