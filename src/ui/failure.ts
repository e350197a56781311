/** Errors as their readers need them: what happened and what to try next; a bug of ours says that it is one. */
import { GonativeError } from '../errors.js'

/** What programs get (`--json`), and the exit code. */
export interface Failure {
  code: string
  message: string
  hint: string | null
  /** The hint is a command, and stands in the line of the message. */
  runnable?: boolean
  exit: number
}

/** Describes anything that was thrown. */
export function describe(error: unknown): Failure {
  if (error instanceof GonativeError) {
    const { code, message, hint = null, runnable, exit } = error
    return { code, message, hint, ...(runnable ? { runnable } : {}), exit }
  }
  const { message, code, oclif } = shapeOf(error)
  // oclif's own errors: unknown flags and arguments (exit 2), `this.exit(n)`.
  if (oclif) return { ...usage(plain(message)), exit: oclif.exit ?? 1 }
  const system = systemHints[code ?? '']
  if (system) return { code: code ?? 'SYSTEM', message, hint: system, exit: 1 }
  return {
    code: 'BUG',
    message: `unexpected: ${message}`,
    hint: 'This is a bug in gonative. Run it again with DEBUG=* and report what it prints.',
    exit: 1,
  }
}

/** The lines for a terminal. */
export function render({ message, hint, runnable }: Failure): string {
  const advice = runnable ? `; run: ${hint ?? ''}` : `\n  ${hint ?? ''}`
  return `gonative: ${message}${hint === null ? '' : advice}\n`
}

/** What the operating system says no to, and what its user can do. */
const systemHints: Record<string, string> = {
  ENOSPC: 'The disk is full. Free some room and run it again; what was downloaded is kept.',
  EACCES: 'Check who owns the files under GONATIVE_HOME, and their permissions.',
  EPERM: 'Check who owns the files under GONATIVE_HOME, and their permissions.',
  EROFS: 'The file system is read-only. Set GONATIVE_HOME to a directory that can be written.',
}

interface Shape {
  message: string
  code?: string | undefined
  oclif?: { exit?: number }
}

function shapeOf(error: unknown): Shape {
  if (!(error instanceof Error)) return { message: String(error) }
  const { message, code, oclif } = error as Error & Partial<Shape> // extra fields, each optional
  return { message, code: typeof code === 'string' ? code : undefined, ...(oclif ? { oclif } : {}) }
}

/** Without oclif's colours. */
function plain(message: string): string {
  return message.replace(/\u001B\[[0-9;]*m/g, '').trim()
}

/** oclif's words about flags and arguments, with its advice as the hint. */
function usage(message: string): Omit<Failure, 'exit'> {
  const [what = '', advice] = message.split(/\n?See more help with /)
  const hint = advice === undefined ? null : 'Add --help to see what the command takes.'
  return { code: 'USAGE', message: what.trim(), hint }
}
