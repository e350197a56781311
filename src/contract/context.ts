/** What a plugin is handed: the world outside, the user's choices, and checks that several plugins share. */
import type { Host, PublicKey } from './words.js'

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
  /** Directory or base URL of Go archives that the index does not list, if the user has one (GONATIVE_GO_ARCHIVE, else config). */
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
  /**
   * Runs a program without a shell and without a terminal: an ordinary client (`go`, `npm`, `pip`) to ask its
   * configuration, a compiler that a graft is made with. At most 60 s, or the `time` that is given, in milliseconds.
   */
  run(command: string, args: string[], options?: { env?: Record<string, string>; time?: number }): Promise<RunResult>
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
