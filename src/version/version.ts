/**
 * Go's own versions: `1.21rc2 < 1.21.0 < 1.21.1 < 1.22`. Up to 1.20 the first release of a line is `1.20`, from 1.21 on
 * `1.21.0`, and `1.21` alone names the line (go.dev/doc/toolchain#version). The order is that of Go's internal/gover.
 */

/** Release candidates and the like, in their order; `''` is a release or a line. */
const kinds = ['', 'alpha', 'beta', 'rc'] as const
type Kind = (typeof kinds)[number]

export interface Version {
  major: number
  minor: number
  /** Absent for a line of 1.21 and later (`1.21`), and for release candidates. */
  patch: number | undefined
  kind: Kind
  /** The number of a release candidate; 0 otherwise. */
  pre: number
}

// Numbers of at most four digits without leading zeros: all that Go has had, and what shell arithmetic can order.
const number = '(0|[1-9][0-9]{0,3})'
const grammar = new RegExp(`^(?:go)?([1-9][0-9]{0,3})(?:\\.${number}(?:\\.${number}|(alpha|beta|rc)${number})?)?$`)

/** Reads `1.27.4`, `go1.22rc1`, `1.21` or `1`; undefined for anything else. */
export function parseVersion(text: string): Version | undefined {
  const match = grammar.exec(text)
  if (!match) return undefined
  const [, major, minor, patch, kind, pre] = match
  const version = { major: Number(major), minor: Number(minor ?? 0), kind: (kind ?? '') as Kind, pre: Number(pre ?? 0) } // the grammar has no other kind
  if (patch !== undefined) return { ...version, patch: Number(patch) }
  // `1.20` is the release 1.20.0 to Go; `1.21` is a line, smaller than all its releases and candidates.
  return { ...version, patch: version.kind === '' && version.minor < 21 ? 0 : undefined }
}

/** Negative, zero or positive, as `a` is before, equal to or after `b`. */
export function compareVersions(a: Version, b: Version): number {
  return (
    a.major - b.major ||
    a.minor - b.minor ||
    (a.patch ?? -1) - (b.patch ?? -1) ||
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    a.pre - b.pre
  )
}

/** The name that Go publishes it under, without `go`: `1.20` (not 1.20.0), `1.21.0`, `1.22rc1`, `1`. */
export function formatVersion(version: Version): string {
  const { major, minor, patch, kind, pre } = version
  if (kind !== '') return `${lineOf(version)}${kind}${pre}`
  if (patch === undefined) return lineOf(version)
  if (patch > 0 || minor >= 21) return `${lineOf(version)}.${patch}`
  return minor > 0 ? lineOf(version) : String(major)
}

/** The line that a version is of: `1.27`. */
export function lineOf(version: Version): string {
  return `${version.major}.${version.minor}`
}

/** Whether it is a release, not a candidate or a line. */
export function isStable(version: Version): boolean {
  return version.kind === '' && version.patch !== undefined
}
