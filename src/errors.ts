/**
 * What goes wrong, as its reader needs it: what happened (`message`), the next thing to try (`hint`), a stable `code`
 * for programs, and the exit code. Anything else that is thrown is a bug of ours and is shown as one.
 */
export const exitCodes = { failed: 1, usage: 2, refused: 3, unreachable: 4, missing: 5 } as const

export class GonativeError extends Error {
  override readonly name = 'GonativeError'
  readonly exit: number
  readonly hint: string | undefined
  /** Whether the hint is one command, which is shown in the line of the message. */
  readonly runnable: boolean

  /** @param options.run the one command that mends it; what needs more words is a `hint`. */
  constructor(
    readonly code: string,
    message: string,
    options: { exit?: keyof typeof exitCodes; hint?: string | undefined; run?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.exit = exitCodes[options.exit ?? 'failed']
    this.hint = options.run ?? options.hint
    this.runnable = options.run !== undefined
  }
}

/** No answer from a source: the next one is tried. */
export class UnreachableError extends GonativeError {
  constructor(message: string, cause?: unknown) {
    super('UNREACHABLE', message, { exit: 'unreachable', cause })
  }
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Whether an error is the operating system's, with one of these codes (`ENOENT`). */
export function isSystemError(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
