/** What gonative speaks of: releases, archives, targets, digests. Plain data. */

/** What toolchains are made of; `go`, `zig`, or a compiler that a strategy of yours needs. */
export type Tool = string

/** A machine that runs toolchains, in Go's names: `{os: 'linux', arch: 'amd64'}`. */
export interface Host {
  os: string
  arch: string
}

/** A release as published. `version` has no tool prefix: `1.27.4`, `1.22rc1`, `0.17.0`. */
export interface Release {
  tool: Tool
  version: string
}

/** A platform to build for. Absent `variant`: Go's default. Absent `libc`: the strategy's default. */
export interface Target {
  goos: string
  goarch: string
  /** As containers write it: `v7` of linux/arm/v7, `v3` of linux/amd64/v3. */
  variant?: string
  /** `gnu`, `gnu.2.28` (with a floor), `musl`, or Android's `bionic.24` (with the lowest API level). */
  libc?: string
  /** Absolute path of an SDK, or a copy of the target's file system, that the user has and wants built with. */
  sysroot?: string
}

export type Algorithm = 'sha1' | 'sha256' | 'sha512'

export interface Digest {
  algorithm: Algorithm
  /** Lower case hexadecimal. */
  hex: string
  /** Who published it, as a reader would say it: `the index at go.dev`. Goes into the evidence. */
  from: string
}

/** One published file of a release. A release may come in several, unpacked into one tree. */
export interface Archive {
  /** The published file name, unique in its release: `go1.27.4.linux-amd64.tar.gz`. */
  name: string
  /** Where it can be had, tried in order: http, https or file URLs. */
  urls: string[]
  format: 'zip' | 'tar.gz' | 'tar.xz'
  /** Bytes, where the publisher says. */
  size?: number
  /** What every wanted path in the archive starts with; entries outside it are left out. `''` for none. */
  prefix: string
  /** Where in the toolchain it goes; default the root. */
  into?: string
  digests: Digest[]
  /** When the archive is a Go module's zip: what the checksum database knows it as. */
  module?: ModuleVersion
  /** A detached minisign signature. */
  minisign?: { url: string; publicKeys: PublicKey[] }
  /** Files to be renamed while unpacking, by base name: `{'_go.mod': 'go.mod'}`. */
  renames?: Record<string, string>
  /** For formats that keep no modes: paths in the toolchain (`bin/*`, `pkg/tool/**`) that are programs. */
  programs?: string[]
}

export interface ModuleVersion {
  path: string
  version: string
}

/** A key as its owner publishes it, with the time from which the owner no longer signs with it, if known. */
export interface PublicKey {
  /**
   * As published: minisign's base64 line, or a note verifier key `name+hash+base64`; or the bare name of a checksum
   * database whose key gonative knows (`sum.golang.org`).
   */
  text: string
  /** ISO 8601. */
  expires?: string
}
