/**
 * What gonative and its plugins say to each other: types, and one number. This module imports nothing.
 *
 * A plugin is an oclif plugin with one hook, `gonative:register`. The hook is given `{apiVersion}` and returns
 * descriptors; it does no I/O. What a descriptor loads *plans* or *judges*; only the core downloads, unpacks, locks
 * and renames, so that no plugin can leave verification out.
 */

/** Raised when a plugin written for the number before would no longer work. */
export const apiVersion = 1

// ---------------------------------------------------------------- registration

/** The hook's options, as the core hands them to every plugin. */
export interface RegisterOptions {
  apiVersion: number
}

/** The hook: returns what the plugin offers. Pure, synchronous or not, no I/O. */
export type Register = (options: RegisterOptions) => Descriptor[] | Promise<Descriptor[]>

export type Descriptor = SourceDescriptor | VerifierDescriptor | StrategyDescriptor

/** Lower `priority` goes first; 50 is usual. `id` is unique among everything of its kind. */
interface Describes<Kind extends string, Offer> {
  kind: Kind
  id: string
  priority: number
  /** Imports the implementation: `() => import('./source.js')`, whose default export is the offer. */
  load: () => Promise<{ default: Offer }>
}
export type SourceDescriptor = Describes<'source', Source>
export type VerifierDescriptor = Describes<'verifier', Verifier>
export type StrategyDescriptor = Describes<'strategy', Strategy>

// ---------------------------------------------------------------- words

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
  /** `gnu`, `gnu.2.28` (with a floor) or `musl`. */
  libc?: string
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

// ---------------------------------------------------------------- what a plugin is handed

export interface HttpResponse {
  status: number
  headers: Record<string, string | undefined>
  /** Body text as UTF-8. At most 64 MiB, else it throws. */
  text(): Promise<string>
  bytes(): Promise<Uint8Array>
}

/** Small documents. Follows redirects, honours proxies, sends a URL's user and password as basic authentication. */
export interface Http {
  /**
   * `file:` URLs answer 200 or 404. Any status is returned, not thrown.
   * @throws what `Context.unreachable` makes, when there is no answer at all.
   */
  get(url: string, options?: { headers?: Record<string, string> }): Promise<HttpResponse>
}

export interface RunResult {
  /** The exit code; -1 when the program could not be started or was killed. */
  code: number
  stdout: string
  stderr: string
}

/** What the user chose in config.json and the environment, already merged. */
export interface Settings {
  /** Directories or base URLs that hold official file names (GONATIVE_MIRROR first, then config). */
  mirrors: string[]
  /** Base URL of Go archives that the index does not list, if the user has one. */
  goArchiveBase?: string
}

export interface Context {
  env: Readonly<Record<string, string | undefined>>
  host: Host
  http: Http
  settings: Readonly<Settings>
  trust: Trust
  memory: Memory
  go: GoEnvironment
  /** Runs an ordinary client (`go`, `npm`, `pip`) to ask its configuration, without a shell, at most 60 s. */
  run(command: string, args: string[], options?: { env?: Record<string, string> }): Promise<RunResult>
  /** One line for the user, on standard error. */
  note(line: string): void
  /** An error that says: this source can't be reached, go on with the next. */
  unreachable(reason: string, cause?: unknown): Error
}

/** What the go command's user has configured, found without needing a Go. */
export interface GoEnvironment {
  /** GOPROXY, GOSUMDB, GONOSUMDB, GOPRIVATE …: the environment, the user's go env file, then a Go that is at hand. */
  get(name: string): Promise<string | undefined>
  /**
   * Asks the proxies of GOPROXY for a path, by the go command's rules: after a comma the next is tried on 404 and 410,
   * after a pipe on any failure; `direct` ends the list, `off` is an error. `base` is the proxy's URL without a
   * last slash; undefined when every proxy says 404 or 410.
   */
  proxyGet(path: string): Promise<{ base: string; response: HttpResponse } | undefined>
}

/** Checks that several plugins share; all pure. Each throws an Error that says what is wrong. */
export interface Trust {
  /** Opens a signed note (golang.org/x/mod/sumdb/note) with a verifier key. Returns its text. */
  openNote(note: string, key: PublicKey): string
  /** Checks a record against a signed tree head, and that head against the one remembered before. */
  checkLog(log: LogCheck): Promise<LogResult>
  /** Checks a minisign signature. Returns the trusted comment. `digest` is the BLAKE2b-512 of the file. */
  checkMinisign(signature: string, digest: Uint8Array, keys: PublicKey[]): string
}

/** A transparency log in tiles (golang.org/x/mod/sumdb/tlog). */
export interface LogCheck {
  /** The record's number in the log, from 0. */
  id: number
  /** The record's text, with its last newline. */
  record: string
  /** The tree head's text, as the opened note holds it. */
  head: string
  /** The text of the head seen last, if any. */
  remembered?: string
  /** Fetches one tile of height 8 by its path (`tile/8/0/x001/234.p/7`). */
  tile(path: string): Promise<Uint8Array>
}
export interface LogResult {
  /** The tree's number of records. */
  size: number
  /** The head to remember: the larger of the two. */
  remember: string
}

/** A few small texts that outlive the process, of one plugin's own. */
export interface Memory {
  read(name: string): Promise<string | undefined>
  /** Replaces a text under a lock: `change` gets the newest and returns the next. */
  update(name: string, change: (now: string | undefined) => string | Promise<string>): Promise<void>
}

// ---------------------------------------------------------------- sources

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
}

// ---------------------------------------------------------------- verifiers

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
  /** A throw counts as rejected, with its message as the reason. */
  verify(archive: Archive, release: Release, host: Host, measured: Measured, context: Context): Promise<Verdict>
}

// ---------------------------------------------------------------- strategies

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
}

export interface Refusal {
  /** Why not, for the user. */
  refused: string
}

/** What a graft gives to a build, beside the files in its directory. */
export interface Grafted {
  /**
   * Variables for builds of this target, each only where the user has not set it. In a value `{graft}` becomes the
   * graft's id, as the wrappers `gonative-cc`, `gonative-c++` and `gonative-ar` want it for their first argument.
   */
  env: Record<string, string>
}

/** Makes grafts: what makes one target native for a toolchain. */
export interface Strategy {
  /** A pure function of toolchain and target: what would be done, or why it can't be. */
  plan(toolchain: Release, target: Target, host: Host): Plan | Refusal
  /**
   * Writes the graft's files into `directory` (empty, in staging) and nowhere else. For the compiler wrappers these
   * are `cc.sh`, `c++.sh` and `ar.sh`: POSIX sh that is sourced with the command's arguments as `$@`, `$home` the
   * store, `$graft` the graft's final directory, and ends with exec. A graft's id comes from what is in its files.
   */
  apply(plan: Plan, site: Site, context: Context): Promise<Grafted>
}

export interface Site {
  directory: string
  toolchain: Toolchain
  /** The needed toolchains, by tool. */
  needs: Record<Tool, Toolchain>
}
