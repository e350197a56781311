/** The one system error that users meet and can mend: no space left, or no quota. */
import { GonativeError } from '../errors.js'

/**
 * What to throw in place of `error`: when a file system is full, an error that says where and what stays (`kept`, a
 * sentence without its stop); anything else as it is.
 */
export function orDiskFull(error: unknown, directory: string, kept: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code !== 'ENOSPC' && error.code !== 'EDQUOT') return error
  return new GonativeError('DISK_FULL', `no space left in ${directory}; ${kept}`, {
    hint: 'Free some space, then run the same command again.',
    cause: error,
  })
}
