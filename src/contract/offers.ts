/** What a plugin offers: sources say where archives are, verifiers judge them, strategies make grafts. */
import type { Context } from './context.js'
import type { Algorithm, Archive, Digest, Host, Release, Target, Tool } from './words.js'

/** Knows which releases exist and where their archives are. */
export interface Source {
  tools: Tool[]
  /** False when there is nothing to ask because the user has not set the source up; it is then passed over in silence. */
  configured?(context: Context): boolean
  /**
   * Versions that the source lists for a host, in any order. May be incomplete: a version that is asked for by name
   * is located even when no list has it.
   * @throws `Context.unreachable` errors when the source does not answer.
   */
  versions(tool: Tool, host: Host, context: Context): Promise<string[]>
  /**
   * The archives of one release for one host, together the whole toolchain; undefined when it isn't here.
   * @throws `Context.unreachable` errors when the source does not answer.
   */
  locate(release: Release, host: Host, context: Context): Promise<Archive[] | undefined>
  /**
   * The archives of one release's source, together the whole; undefined when it isn't here. A source without it has none:
   * Go is then built from the source in a distribution.
   * @throws `Context.unreachable` errors when the source does not answer.
   */
  locateSource?(release: Release, context: Context): Promise<Archive[] | undefined>
}

/** What was measured of an archive while it was read. */
export interface Measured {
  /** The whole file's digests: sha256, those that the archive has published, `blake2b512` where minisign signs it. */
  digests: Partial<Record<Algorithm | 'blake2b512', string>>
  /** Bytes. */
  size: number
  /** Every regular file by its name in the archive. Only in the `contents` stage. */
  contents?: { name: string; sha256: string }[]
}

/** `evidence` and `reason` are for people: `sha256 3cf1… published by the index at go.dev`. */
export type Verdict =
  | { status: 'verified'; evidence: string }
  | { status: 'rejected'; reason: string }
  | { status: 'not-applicable'; reason: string }

/** Says whether an archive is what its publisher published. */
export interface Verifier {
  /** `file`: before anything is unpacked. `contents`: after unpacking into staging, before anything leaves it. */
  stage: 'file' | 'contents'
  /**
   * Digests that the verifier knows to have been published of an archive, whichever source says where it is: the core
   * measures them where the source gave none. Pure.
   */
  published?(archive: Archive, release: Release): Digest[]
  /** A throw counts as rejected, with its message as the reason. */
  verify(archive: Archive, release: Release, host: Host, measured: Measured, context: Context): Promise<Verdict>
}

/** A toolchain in the store. */
export interface Toolchain extends Release {
  path: string
}

/** What a strategy would do for a target. */
export interface Plan {
  /** The graft's name, without spaces: what its compiler commands show. `zig-0.17.0-aarch64-linux-gnu.2.17`. */
  name: string
  /** The target with every choice made: variant and libc filled in where there is one. */
  target: Target
  /** Toolchains it builds with, each by the versions that will do, best first. */
  needs: { tool: Tool; versions: string[] }[]
  /** Distributions of which it takes parts over. One that no source has is no error: the next strategy is asked. */
  distributions?: Distribution[]
  /**
   * Strategies, by id, that are carried out first for the same target, in this order and into the same directory: together
   * they are one graft. When one of them refuses, so does this one. A plan of theirs has no `after` of its own.
   */
  after?: string[]
}

/** A release as published for a host, often another one. The core locates, downloads, verifies and unpacks it. */
export interface Distribution {
  release: Release
  host: Host
  /**
   * The files that are unpacked, from the distribution's root: `*` is anything within a segment, `**` anything at all.
   * What matches none is only measured.
   */
  keep: string[]
  /** Why it is not to be expected that a source has it: said when none has. The publisher never made one, for instance. */
  unpublished?: string
}

export interface Refusal {
  /** Why not, for the user: `Android's C library comes with the NDK, and none was found`. Without the target's name. */
  refused: string
  /** What the user could do about it, as a command or a sentence. Where it is absent, nothing helps that is known. */
  remedy?: string
  /** Where the cause is explained or tracked: a URL. */
  see?: string
}

/**
 * What a graft gives to a build, beside the files in its directory. What lies there under `goroot/` the core lays into the
 * toolchain's tree, with modes and times as they are, never over a file that is there, and takes out with the graft.
 */
export interface Grafted {
  /**
   * Variables for builds of this target, each only where the user has not set it. In a value `{graft}` becomes the
   * graft's id, as the wrappers `gonative-cc`, `gonative-c++` and `gonative-ar` want it for their first argument.
   */
  env: Record<string, string>
  /** Why builds of the target have no cgo all the same; absent where they have. `its distribution was compiled without cgo`. */
  withoutCgo?: string
}

/** Makes grafts: what makes one target native for a toolchain. `Found` is what it looks for, if it looks for anything. */
export interface Strategy<Found = unknown> {
  /** What it makes is a part: it is asked where another's plan has it in `after`, and where the user names it, never of itself. */
  part?: boolean
  /**
   * Looks for what the user has of their own and a graft would be made with: an SDK, a sysroot. It reads `Target.sysroot`,
   * the environment and files, runs and writes nothing, and is called before each `plan`. A strategy without it is passed over when the user names a sysroot.
   */
  look?(target: Target, context: Context): Promise<Found>
  /**
   * A pure function of toolchain, target, host and what `look` found: what would be done, or why it can't be. A plan that
   * heeds `target.sysroot` has it in its own target; any other is passed over when the user names one.
   */
  plan(toolchain: Release, target: Target, host: Host, found?: Found): Plan | Refusal
  /**
   * Writes the graft's files into `directory` (in staging; empty but for what the plan comes `after`) and nowhere else. For the compiler wrappers these
   * are `cc.sh`, `c++.sh` and `ar.sh`: POSIX sh that is sourced with the command's arguments as `$@`, `$home` the
   * store, `$graft` the graft's final directory, `$cache` a directory for what is made once and is worth keeping (it
   * need not exist yet), and ends with exec. A graft's id comes from what is in its files.
   *
   * A refusal is for what only the plan's distributions could tell: the next strategy is asked, and nothing is left.
   */
  apply(plan: Plan, site: Site, context: Context): Promise<Grafted | Refusal>
  /**
   * Deletes from a graft's `$cache` what later builds can do without, after it was warmed and before it is exported.
   * Nothing else uses the directory meanwhile.
   */
  trim?(cache: string): Promise<void>
  /**
   * Whether part of what `$cache` holds for a target is found only at the path where it was made: an import then makes
   * that part again, before a build has to.
   */
  tiedToPath?(target: Target): boolean
}

export interface Site {
  directory: string
  toolchain: Toolchain
  /** The needed toolchains, by tool. */
  needs: Record<Tool, Toolchain>
  /** Where what was kept of the plan's distributions is, in their order. To be read only; gone after `apply`. */
  distributions: string[]
}
