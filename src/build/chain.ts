/** The chain of compilers from what is at hand to the version that is wanted: a pure decision, shown before it is followed. */
import { GonativeError } from '../errors.js'
import { isListed } from '../target/platforms.js'
import { compareVersions, parseVersion } from '../version/version.js'
import { bootstrapOf, isBefore, isTooNew, publishedFor } from './bootstraps.js'

/** A Go that compiles another. */
export interface Compiler {
  version: string
  /** Its GOROOT. */
  path: string
  /** Whether all of it, down to the C compiler, was built here. */
  fromC: boolean
  /** Whether nothing vouches for it: used only when the user allowed it. */
  doubtful: boolean
}

/** A Go that is there, and could compile another. */
export interface AtHand extends Compiler {
  /** Whether it is a kept build, not an installed toolchain. */
  kept: boolean
}

/** `have`: it is there. `install`: as published. `build`: from source; with `by`, a Go's version or `C`; the last is what was asked for, the others are kept. */
export type Step =
  ({ do: 'have' } & AtHand) | { do: 'install'; version: string } | { do: 'build'; version: string; by: string }

export interface Given {
  atHand: readonly AtHand[]
  /** Use nothing but what a chain that began with C has built. */
  fromC: boolean
  /** Whether published toolchains may be installed to compile with. */
  mayInstall: boolean
  host: { os: string; arch: string }
}

/**
 * The steps to a version, first to last: from the newest Go at hand that can compile it, else from a published one that is
 * installed for it, else from further down, in the end from C.
 * @throws GonativeError NO_CHAIN for a host that no Go written in C runs on
 */
export function chainTo(version: string, given: Given): Step[] {
  const bootstrap = bootstrapOf(version)
  if (!bootstrap) return [fromTheStart(version, given.host)]
  const fits = (each: AtHand): boolean =>
    !isBefore(each.version, bootstrap.least) && !isTooNew(each.version, version) && (each.fromC || !given.fromC)
  const there = newest(given.atHand.filter(fits))
  const build = (by: string): Step => ({ do: 'build', version, by })
  if (there) return [{ do: 'have', ...there }, build(there.version)]
  if (given.mayInstall && !given.fromC) {
    const published = publishedFor(version).find((each) => isListed(each, given.host.os, given.host.arch))
    if (published !== undefined) return [{ do: 'install', version: published }, build(published)]
  }
  return [...chainTo(bootstrap.step, given), build(bootstrap.step)]
}

function fromTheStart(version: string, host: Given['host']): Step {
  if (isListed(version, host.os, host.arch)) return { do: 'build', version, by: 'C' }
  throw new GonativeError(
    'NO_CHAIN',
    `go ${version}, which is compiled from C, does not run on ${host.os}/${host.arch}`,
    {
      hint: 'Leave out --from-c: a published Go then compiles it.',
    },
  )
}

/** Of equals, one that is installed before one that is kept. */
function newest(all: readonly AtHand[]): AtHand | undefined {
  const order = (a: AtHand, b: AtHand): number => {
    const [one, other] = [parseVersion(a.version), parseVersion(b.version)]
    return one && other ? compareVersions(one, other) || Number(b.kept) - Number(a.kept) : 0
  }
  return all.toSorted(order).at(-1)
}
