/** A check that failed: what was published is not what arrived. */
import { GonativeError } from '../errors.js'

/**
 * @param code names the check, so that a reader and a program see which one it was: `NOTE_SIGNATURE`, `LOG_TILE` …
 * @param cause the error beneath, if any
 */
export function refused(code: string, message: string, hint?: string, cause?: unknown): GonativeError {
  return new GonativeError(code, message, { exit: 'refused', hint, cause })
}
