/**
 * What a user asks for: a version, a line, the latest, or whatever the project needs. Nothing but these is taken, since
 * the text becomes part of paths and URLs.
 */
import { createRequire } from 'node:module'
import type * as Semver from 'semver'
import { GonativeError } from '../errors.js'
import { compareVersions, formatVersion, isStable, lineOf, parseVersion, type Version } from './version.js'

/** `text` is what `parseSpec` reads back. */
export type Spec = Pin | Latest | Project
export type Pin = Line | Exact

interface Latest {
  kind: 'latest'
  text: string
}
/** A partial version: the newest of a line. */
interface Line {
  kind: 'line'
  text: string
  line: string
}
interface Exact {
  kind: 'exact'
  text: string
  version: string
}
/** `go.mod`: what the project files here ask for. */
interface Project {
  kind: 'project'
  text: string
}

/** A version or a line as pins and arguments write it; undefined for anything else. `1.20.0` is the release `1.20`. */
export function parsePin(text: string): Pin | undefined {
  const version = parseVersion(text)
  if (!version || !text.includes('.')) return undefined
  const line = lineOf(version)
  if (/^(go)?[0-9]+\.[0-9]+$/.test(text)) return { kind: 'line', text: line, line }
  const exact = formatVersion(version)
  // The first release of an old line has the line's name: only with its .0 is it read back as the release.
  return { kind: 'exact', text: version.patch === 0 ? `${line}.0` : exact, version: exact }
}

/** Words that mean something else where a version is written, here or to the go command. */
const reserved = ['latest', 'stable', 'default', 'local', 'auto', 'off', 'path', 'all', 'go']

/** Whether `link` takes it for a name: lower case letters, digits and dashes; never what could be read as a version. */
export function isLinkName(text: string): boolean {
  return /^[a-z][a-z0-9-]{0,63}$/.test(text) && !/^go[0-9]/.test(text) && !reserved.includes(text)
}

/** The name of a linked Go as a pin; undefined for anything that is no such name, or is not linked. */
export function parseLinked(text: string, installed: readonly string[]): Pin | undefined {
  return isLinkName(text) && installed.includes(text) ? { kind: 'exact', text, version: text } : undefined
}

/**
 * Reads an argument: `latest` or `stable`, `1.27`, `1.27.4`, `go1.27.4`, `1.22rc1`, `go.mod`.
 * @throws GonativeError (usage) for anything else: a path, an option, shell characters.
 */
export function parseSpec(text: string): Spec {
  if (text === 'latest' || text === 'stable') return { kind: 'latest', text: 'latest' }
  if (text === 'go.mod') return { kind: 'project', text: 'go.mod' }
  const pin = parsePin(text)
  if (pin) return pin
  throw new GonativeError('BAD_VERSION', `${JSON.stringify(text)} is not a Go version`, {
    exit: 'usage',
    hint: 'Write a version (1.27.4), a line (1.27), latest or go.mod.',
  })
}

/**
 * The versions that fit a spec, best first: releases before release candidates, newer before older. Empty for `go.mod`,
 * which only the project's files can answer.
 */
export function candidates(spec: Spec, versions: readonly string[]): string[] {
  if (spec.kind === 'project') return []
  if (spec.kind === 'exact') return versions.filter((version) => version === spec.version)
  const fitting = parseAll(versions).filter(({ line }) => spec.kind === 'latest' || line === spec.line)
  const newestFirst = fitting.toReversed()
  return [...newestFirst.filter(({ stable }) => stable), ...newestFirst.filter(({ stable }) => !stable)].map(textOf)
}

/** The best of `candidates`; undefined when none fits. */
export function select(spec: Spec, versions: readonly string[]): string | undefined {
  return candidates(spec, versions)[0]
}

/**
 * Up to three versions near one that does not exist, oldest first, for "the nearest are …": its neighbours in the same
 * line, or the newest of the neighbouring lines when the line does not exist.
 */
export function nearest(spec: Spec, versions: readonly string[]): string[] {
  const wanted = parseVersion(spec.text)
  const all = parseAll(versions)
  if (!wanted) return all.slice(-3).map(textOf)
  const same = all.filter(({ line }) => line === lineOf(wanted))
  const newestOfLines = new Map(all.filter(({ stable }) => stable).map((each) => [each.line, each]))
  const near = same.length > 0 ? same : [...newestOfLines.values()]
  const before = near.filter(({ version }) => compareVersions(version, wanted) < 0)
  const after = near.slice(before.length, before.length + Math.max(1, 3 - before.length))
  return [...before.slice(-(3 - after.length)), ...after].map(textOf)
}

/**
 * The versions of any tool, oldest first; what isn't a version of that tool is left out. Go has an order of its own,
 * everything else that gonative keeps uses semantic versions.
 */
export function orderVersions(tool: string, versions: readonly string[]): string[] {
  if (tool === 'go') return parseAll(versions).map(textOf)
  // Loaded here and not above: most commands order nothing but Go versions, and it costs them 10 ms.
  const semver = createRequire(import.meta.url)('semver') as typeof Semver // as that package's types say
  return semver.sort([...new Set(versions)].filter((version) => semver.valid(version) !== null))
}

interface Parsed {
  text: string
  version: Version
  line: string
  stable: boolean
}

const textOf = ({ text }: Parsed): string => text

/** Oldest first, each once, without what isn't a Go version. */
function parseAll(versions: readonly string[]): Parsed[] {
  const parsed = [...new Set(versions)].flatMap((text) => {
    const version = parseVersion(text)
    return version ? [{ text, version, line: lineOf(version), stable: isStable(version) }] : []
  })
  return parsed.sort((a, b) => compareVersions(a.version, b.version))
}
