/**
 * Which Go is in force: first GONATIVE_GO, then the nearest pin, then what go.work or go.mod need at least, then the
 * default. `decide` is that rule over what was read; src/launch/go.sh is the same rule for the shims, and one table of
 * cases tests both.
 */
import { GonativeError } from '../errors.js'
import { parseLinked, parsePin, select, type Pin } from './spec.js'
import { compareVersions, parseVersion, type Version } from './version.js'

/** A text from a file, not looked at yet, and where it stands. */
export interface Found {
  file: string
  /** From 1. */
  line: number
  text: string
}

/** What the environment and the project's files say, as `readProject` returns it. */
export interface ProjectText {
  /** GONATIVE_GO, if it is set and not empty. */
  environment: string | undefined
  pin: (Found & { kind: '.go-version' | '.tool-versions' }) | undefined
  module: { kind: 'go.work' | 'go.mod'; go: Found | undefined; toolchain: Found | undefined } | undefined
}

export interface Inputs extends ProjectText {
  /** Exact versions, and the names of linked ones. */
  installed: readonly string[]
  /** The exact version, or the name of a linked one, that `use` made the default. */
  default: string | undefined
  /** The exact version that each linked Go with a name is. */
  linked?: Readonly<Record<string, string>>
}

/** Who said so. */
export type Origin =
  | { kind: 'environment' }
  | { kind: '.go-version' | '.tool-versions' | 'go.work' | 'go.mod'; file: string; line: number }
  | { kind: 'default' }

export interface Decision {
  /** The exact version: of an installed one, or of one that was asked for exactly. */
  version: string | undefined
  /** What was asked for, as `gonative install` takes it. From go.work and go.mod it is a minimum. */
  wanted: string
  installed: boolean
  from: Origin
  /** How a minimum was met; undefined for everything else. */
  by: 'default' | 'newest' | undefined
}

/**
 * Decides which Go is in force; undefined when nothing asks for one and there is no default.
 * @throws GonativeError (usage) when the text that counts isn't a version, naming file and line.
 */
export function decide(inputs: Inputs): Decision | undefined {
  if (inputs.environment !== undefined) {
    return pinned(
      readPin(inputs.environment, { kind: 'environment' }, inputs.installed),
      { kind: 'environment' },
      inputs,
    )
  }
  if (inputs.pin) {
    const { kind, file, line, text } = inputs.pin
    const origin = { kind, file, line }
    return pinned(readPin(text, origin, inputs.installed), origin, inputs)
  }
  const minimum = inputs.module && minimumOf(inputs.module)
  if (minimum) return atLeast(minimum, inputs)
  if (inputs.default === undefined) return undefined
  const installed = inputs.installed.includes(inputs.default)
  return { version: inputs.default, wanted: inputs.default, installed, from: { kind: 'default' }, by: undefined }
}

/** What go.work or go.mod need at least. */
export interface Minimum {
  version: Version
  pin: Pin
  from: Origin
}

/**
 * The larger of the `go` and `toolchain` lines, as for the go command (go.dev/doc/toolchain#select). `toolchain default`
 * asks for no toolchain of its own, but the go command that then runs still refuses a `go` line that is newer than it is.
 * @throws GonativeError (usage) when a line holds anything else.
 */
export function minimumOf(module: NonNullable<ProjectText['module']>): Minimum | undefined {
  const { kind, go, toolchain } = module
  const suggested = toolchain && !['default', 'local'].includes(toolchain.text) ? toolchain : undefined
  const lines = [go, suggested && { ...suggested, text: withoutSuffix(suggested.text) }].flatMap((found) => {
    if (!found) return []
    const from = { kind, file: found.file, line: found.line }
    return [{ pin: readPin(found.text, from), version: versionAt(found.text, from), from }]
  })
  return lines.reduce<Minimum | undefined>(
    (most, each) => (most && compareVersions(each.version, most.version) <= 0 ? most : each),
    undefined,
  )
}

function pinned(pin: Pin, from: Origin, { installed }: Inputs): Decision {
  const found = select(pin, installed)
  const version = found ?? (pin.kind === 'exact' ? pin.version : undefined)
  return { version, wanted: named(pin), installed: found !== undefined, from, by: undefined }
}

function atLeast({ version: least, pin, from }: Minimum, inputs: Inputs): Decision {
  const satisfies = (text: string | undefined): text is string => {
    const version = text === undefined ? undefined : parseVersion(inputs.linked?.[text] ?? text)
    return version !== undefined && compareVersions(version, least) >= 0
  }
  const choice = { wanted: named(pin), from }
  if (satisfies(inputs.default)) {
    return { ...choice, version: inputs.default, installed: inputs.installed.includes(inputs.default), by: 'default' }
  }
  const line = `${least.major}.${least.minor}`
  const newest = select({ kind: 'line', text: line, line }, inputs.installed)
  if (satisfies(newest)) return { ...choice, version: newest, installed: true, by: 'newest' }
  return { ...choice, version: pin.kind === 'exact' ? pin.version : undefined, installed: false, by: undefined }
}

/** As `gonative install` takes it, without `go` in front. */
function named(pin: Pin): string {
  return pin.kind === 'line' ? pin.line : pin.text
}

/** `go1.22.0-acme` is someone's own build of 1.22.0 (go.dev/doc/toolchain#name). */
function withoutSuffix(toolchain: string): string {
  return toolchain.replace(/-.*/, '')
}

/** @param installed empty where only a version will do. */
function readPin(text: string, from: Origin, installed: readonly string[] = []): Pin {
  const pin = parsePin(text) ?? parseLinked(text, installed)
  if (pin) return pin
  if (text === 'system' && from.kind !== 'go.work' && from.kind !== 'go.mod') throw systemIsNotLinked(from)
  throw refused(from)
}

function versionAt(text: string, from: Origin): Version {
  const version = parseVersion(text)
  if (version) return version
  throw refused(from)
}

/** The text itself is left out: it is anything at all, and this goes to a terminal. */
function refused(from: Origin): GonativeError {
  return new GonativeError('BAD_VERSION', `${describeOrigin(from)} does not hold a Go version`, {
    exit: 'usage',
    hint: 'Write a version (1.27.4) or a line (1.27) there.',
  })
}

/** The word that goenv and asdf have for the Go that was there before them. */
function systemIsNotLinked(from: Origin): GonativeError {
  return new GonativeError('NOT_LINKED', `${describeOrigin(from)} asks for the system's Go, and none is linked`, {
    exit: 'missing',
    run: 'gonative link system',
  })
}

/** Where a decision comes from, for people: `GONATIVE_GO`, `<file>:<line>`, `the default`. */
export function describeOrigin(from: Origin): string {
  if (from.kind === 'environment') return 'GONATIVE_GO'
  return from.kind === 'default' ? 'the default' : `${from.file}:${from.line}`
}

/** Why a decision's version is the one in force, as one phrase. */
export function reasonOf({ wanted, from, by }: Decision): string {
  const origin = describeOrigin(from)
  if (by === 'default') return `the default; ${origin} asks for at least ${wanted}`
  if (by === 'newest') return `the newest installed of its line; ${origin} asks for at least ${wanted}`
  if (from.kind === 'default') return 'the default, set by gonative use'
  return parsePin(wanted)?.kind === 'line' ? `the newest installed ${wanted}, set by ${origin}` : `set by ${origin}`
}
