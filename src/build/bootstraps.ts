/**
 * Which Go compiles which: data, from the release notes, go.dev/doc/install/source and each release's own cmd/dist
 * (`minBootstrap` in buildtool.go, which is read again from the source before it is built).
 */
import { lastOf } from '../version/ended-lines.js'
import { compareVersions, lineOf, parseVersion } from '../version/version.js'

export interface Bootstrap {
  /** The oldest Go that compiles it. */
  least: string
  /** The one that a chain takes when none is at hand: the last release of that line. */
  step: string
}

interface Row extends Bootstrap {
  /** The first line with this need. Before the first row Go is compiled from C. */
  from: string
  see: string
}

/** Oldest first. */
const rows: Row[] = [
  { from: '1.5', least: '1.4', step: '1.4.3', see: 'https://go.dev/s/go15bootstrap' },
  { from: '1.20', least: '1.17.13', step: '1.17.13', see: 'https://go.dev/doc/go1.20#bootstrap' },
  { from: '1.22', least: '1.20.6', step: '1.20.14', see: 'https://go.dev/doc/go1.22#bootstrap' },
  { from: '1.24', least: '1.22.6', step: '1.22.12', see: 'https://go.dev/doc/go1.24#bootstrap' },
  { from: '1.26', least: '1.24.6', step: '1.24.13', see: 'https://go.dev/doc/go1.26#bootstrap' },
]

/** What compiles a version; undefined for what is compiled from C, up to 1.4. */
export function bootstrapOf(version: string): Bootstrap | undefined {
  const wanted = parseVersion(version)
  if (!wanted) return undefined
  const { minor } = wanted
  // Since 1.22: the line two before, rounded down to an even one (go.dev/issue/54265).
  const line = `1.${minor - 2 - (minor % 2)}`
  if (minor >= 28) return { least: `${line}.0`, step: `${line}.6` }
  const row = rows.findLast(({ from }) => !isBefore(lineOf(wanted), from))
  return row && { least: row.least, step: row.step }
}

/**
 * Whether a Go is not too new to compile a version. Up to 1.19 what compiles was taken for older than what is compiled:
 * 1.5.4 by 1.17.13 gives "go_asm.h: 'p' exponent requires hexadecimal mantissa".
 */
export function isTooNew(compiler: string, version: string): boolean {
  const [one, other] = [parseVersion(compiler), parseVersion(version)]
  return one !== undefined && other !== undefined && other.minor < 20 && one.minor > other.minor
}

/** What may be installed to compile a version, best first: its step, and others for hosts that the step does not run on. */
export function publishedFor(version: string): string[] {
  const step = bootstrapOf(version)?.step
  const minor = parseVersion(version)?.minor ?? 0
  const others = Array.from({ length: Math.max(0, minor - 1) }, (_, at) => lastOf(`1.${minor - 1 - at}`))
  const all = [...new Set([step, ...others])].filter((each) => each !== undefined)
  return step === undefined ? [] : all.filter((each) => !isBefore(each, step))
}

/** `1.20.6` is before `1.20.14`, a line (`1.22`) before all its releases. */
export function isBefore(a: string, b: string): boolean {
  const [one, other] = [parseVersion(a), parseVersion(b)]
  return one !== undefined && other !== undefined && compareVersions(one, other) < 0
}

/** The oldest Go that a release's own cmd/dist takes, from the text of its buildtool.go; undefined where it doesn't say. */
export function leastIn(buildtool: string): string | undefined {
  return /^const minBootstrap = "go(\d[^"]*)"/m.exec(buildtool)?.[1]
}
