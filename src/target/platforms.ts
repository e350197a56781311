/**
 * Every platform that a Go release has listed, with the release lines that list it and those in which cgo works there.
 * Read from `go tool dist list -json` where there is one (1.7 and later), before that from the ports in the runtime
 * (`rt0_GOOS_GOARCH.s`) and go/build's cgoEnabled; lines before 1.2 and 1.3, 1.6, 1.8 from their release notes
 * (go.dev/doc/devel/release). A platform that a line calls incomplete or broken isn't listed by it.
 */

export interface Platform {
  goos: string
  goarch: string
  /** Whether the Go version asked about can build cgo programs for it, given a C compiler. */
  cgo: boolean
  /** Go's first class ports (go.dev/wiki/PortingPolicy): a broken one blocks a release. */
  firstClass: boolean
}

/** Release lines, both ends included: `1.5-1.14`, `1.16-` for those since, several with a space between. */
type Lines = string

/** platform, lines that list it, lines in which cgo works there ('' for none), first class. */
type Row = [platform: string, listed: Lines, cgo: Lines, firstClass?: true]

const rows: Row[] = [
  ['aix/ppc64', '1.12-', '1.13-'],
  ['android/386', '1.6-', '1.6-'],
  ['android/amd64', '1.7-', '1.7-'],
  ['android/arm', '1.4-', '1.4-'],
  ['android/arm64', '1.7-', '1.7-'],
  ['darwin/386', '1.0-1.14', '1.0-1.12'],
  ['darwin/amd64', '1.0-', '1.0-', true],
  ['darwin/arm', '1.5-1.14', '1.5-1.14'], // iOS
  ['darwin/arm64', '1.5-', '1.5-', true], // iOS until 1.15, macOS from 1.16 (go.dev/doc/go1.16#darwin)
  ['dragonfly/386', '1.2-1.4', '1.2-1.4'],
  ['dragonfly/amd64', '1.2-', '1.2-'],
  ['freebsd/386', '1.0-', '1.0-'],
  ['freebsd/amd64', '1.0-', '1.0-'],
  ['freebsd/arm', '1.1-', '1.1-1.4 1.13-'],
  ['freebsd/arm64', '1.14-', '1.14-'],
  ['freebsd/riscv64', '1.20-1.25', '1.20-1.25'],
  ['illumos/amd64', '1.13-', '1.13-'],
  ['ios/amd64', '1.16-', '1.16-'],
  ['ios/arm64', '1.16-', '1.16-'],
  ['js/wasm', '1.11-', ''],
  ['linux/386', '1.0-', '1.0-', true],
  ['linux/amd64', '1.0-', '1.0-', true],
  ['linux/arm', '1.0-', '1.1-', true],
  ['linux/arm64', '1.5-', '1.5-', true],
  ['linux/loong64', '1.19-', '1.19-'],
  ['linux/mips', '1.8-', '1.9-'],
  ['linux/mips64', '1.6-', '1.6-'],
  ['linux/mips64le', '1.6-', '1.6-'],
  ['linux/mipsle', '1.8-', '1.9-'],
  ['linux/ppc64', '1.5-', '1.27-'],
  ['linux/ppc64le', '1.5-', '1.5-'],
  ['linux/riscv64', '1.14-', '1.16-'],
  ['linux/s390x', '1.7-', '1.7-'],
  ['nacl/386', '1.3-1.13', ''],
  ['nacl/amd64p32', '1.3-1.13', ''],
  ['nacl/arm', '1.4-1.13', ''],
  ['netbsd/386', '1.1-', '1.1-'],
  ['netbsd/amd64', '1.1-', '1.1-'],
  ['netbsd/arm', '1.1-', '1.1-'],
  ['netbsd/arm64', '1.13-', '1.13-'],
  ['openbsd/386', '1.1-', '1.1-'],
  ['openbsd/amd64', '1.1-', '1.1-'],
  ['openbsd/arm', '1.5-', '1.12-'],
  ['openbsd/arm64', '1.13-', '1.13-'],
  ['openbsd/mips64', '1.16-1.20', '1.17-1.20'],
  ['openbsd/ppc64', '1.22-', ''],
  ['openbsd/riscv64', '1.23-', '1.23-'],
  ['plan9/386', '1.0-', ''],
  ['plan9/amd64', '1.2-', ''],
  ['plan9/arm', '1.7-', ''],
  ['solaris/amd64', '1.3-', '1.5-'],
  ['wasip1/wasm', '1.21-', ''],
  ['windows/386', '1.0-', '1.0-', true],
  ['windows/amd64', '1.0-', '1.0-', true],
  ['windows/arm', '1.12-1.23', ''],
  ['windows/arm64', '1.17-', '1.17-'],
]

/** Every `goos/goarch` that any Go has listed, sorted. */
export const knownPlatforms: readonly string[] = rows.map(([platform]) => platform)

/** The platforms of one Go version (`1.27.4`, `1.22rc1`, `1.4`), sorted, as its `go tool dist list` has them. */
export function platformsOf(goVersion: string): Platform[] {
  const line = lineOf(goVersion)
  return rows
    .filter(([, listed]) => within(line, listed))
    .map(([platform, , cgo, firstClass]) => {
      const [goos = '', goarch = ''] = platform.split('/')
      return { goos, goarch, cgo: within(line, cgo), firstClass: firstClass ?? false }
    })
}

/** Whether a Go version lists a platform. */
export function isListed(goVersion: string, os: string, arch: string): boolean {
  return platformsOf(goVersion).some(({ goos, goarch }) => goos === os && goarch === arch)
}

/** The first later line of Go (`1.27`) in which cgo works on a platform, or undefined. */
export function cgoFrom(platform: string, goVersion: string): string | undefined {
  const cgo = rows.find(([name]) => name === platform)?.[2] ?? ''
  const starts = cgo.split(' ').map((range) => range.split('-')[0] ?? '')
  return starts.find((start) => start !== '' && lineOf(start) > lineOf(goVersion))
}

/** A version's release line as one number: 27 of 1.27.4. Versions that aren't Go's count as newer than all. */
function lineOf(version: string): number {
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? []
  return major === '1' ? Number(minor ?? 0) : Infinity
}

function within(line: number, lines: Lines): boolean {
  return lines
    .split(' ')
    .filter((range) => range !== '')
    .some((range) => {
      const [first = '', last = ''] = range.split('-')
      return line >= lineOf(first) && line <= lineOf(last)
    })
}
