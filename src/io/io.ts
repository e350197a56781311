/** The world outside, as one object that is passed in: nothing else reads the environment, the clock or the network. */
import type { Host, Http, RunResult } from '../contract/index.js'

export interface Io {
  env: Readonly<Record<string, string | undefined>>
  /** The directory that the command was called in. */
  cwd: string
  host: Host
  http: Http & Downloads
  run(command: string, args: string[], options?: { env?: Record<string, string>; time?: number }): Promise<RunResult>
  now(): Date
  terminal: { stdout: boolean; stderr: boolean; columns: number }
  /** One line on standard error. */
  note(line: string): void
}

export interface Downloads {
  /**
   * Streams a file from byte `from` on. `status` is 200 (from the start, whatever was asked) or 206 (from `from`).
   * With `validator` (an ETag or Last-Modified seen before) the server sends the whole when it has changed.
   * @throws UnreachableError when there is no answer, or any other status than 200, 206 or 416.
   */
  download(url: string, options?: { from?: number; validator?: string }): Promise<Download>
}

export interface Download {
  status: 200 | 206 | 416
  /** Bytes of the whole file, where the server says. */
  size: number | undefined
  validator: string | undefined
  body: AsyncIterable<Uint8Array>
}
