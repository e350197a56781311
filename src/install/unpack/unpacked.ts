/** What unpacking tells about an archive, and the two ways in which it says no. */
import type { Measured } from '../../contract/index.js'
import { GonativeError, messageOf } from '../../errors.js'

export interface UnpackedFile {
  /** In the toolchain, with `/`. */
  path: string
  /** In the archive, before renaming. */
  name: string
  /** Lower case hexadecimal; of a symbolic link, the empty string. */
  sha256: string
  /** Bytes; of a symbolic link, those of its target's name. */
  size: number
  mode: 0o644 | 0o755
  /** A symbolic link's target. */
  link?: string
}

export interface Unpacked {
  /** What was put into the toolchain: regular files and symbolic links. */
  files: UnpackedFile[]
  /** Every regular file of the archive, also those outside its prefix: what `h1:` is over. */
  contents: NonNullable<Measured['contents']>
  /** Bytes of all regular files. */
  bytes: number
}

/** How far unpacking is, in files; `total` where the format says it beforehand. */
export type UnpackProgress = (event: { done: number; total?: number }) => void

/** Nothing sets a file's time but the archive: module zips have none, so theirs is zip's own zero, 1980. Seconds. */
export const noTime = Date.UTC(1980, 0, 1) / 1000

/** An archive that would do harm, or that two programs would read differently. `what` follows the entry's name. */
export function unsafe(archive: string, entry: string, what: string): GonativeError {
  return new GonativeError('UNSAFE_ARCHIVE', `${archive} is refused: its entry ${JSON.stringify(entry)} ${what}`, {
    exit: 'refused',
    hint: 'No publisher makes such an archive. Try another --source, and tell whoever runs this one.',
  })
}

/** An archive that can't be read. `problem` is a clause, or what a decompressor threw. */
export function corrupt(archive: string, problem: unknown): GonativeError {
  const reason = typeof problem === 'string' ? problem : messageOf(problem)
  return new GonativeError('CORRUPT_ARCHIVE', `${archive} is damaged: ${reason}`, {
    exit: 'refused',
    hint: 'Run the same command again: it is downloaded anew. If that does not help, try another --source.',
    cause: typeof problem === 'string' ? undefined : problem,
  })
}
