/** Versions as arguments and project files name them, brought down to one exact version. */
import { GonativeError } from '../errors.js'
import type { Io } from '../io/io.js'
import type { Session } from '../install/session.js'
import { readConfig, setConfig } from '../store/config.js'
import { installedGoVersions } from '../store/installed.js'
import type { Layout } from '../store/layout.js'
import { checkLinked, goVersionAt } from '../store/linked.js'
import { readReceipt, type Receipt } from '../store/receipt.js'
import { decide, describeOrigin, type Decision } from '../version/project.js'
import { readProject } from '../version/read-project.js'
import { isLinkName, parseLinked, parsePin, parseSpec, select, type Spec } from '../version/spec.js'
import { parseVersion } from '../version/version.js'

type Where = Pick<Session, 'layout'> & { io: Io }

/** Which Go is in force in the current directory, and why; undefined when nothing says. */
export async function decideHere({ io, layout }: Where): Promise<Decision | undefined> {
  const [project, installed, config] = await Promise.all([
    readProject(io.cwd, io.env),
    installedGoVersions(layout),
    readConfig(layout),
  ])
  const linked = await versionsOfLinked(installed, layout)
  return decide({ ...project, installed, default: config.default, linked })
}

async function versionsOfLinked(installed: string[], layout: Layout): Promise<Record<string, string>> {
  const names = installed.filter((version) => !parseVersion(version))
  const versions = await Promise.all(names.map((version) => goVersionAt(layout.toolchain({ tool: 'go', version }))))
  return Object.fromEntries(names.map((name, at) => [name, versions[at] ?? name]))
}

/** Reads an argument of `install`; `go.mod` becomes what the project here asks for. @throws GonativeError (usage) */
export async function readSpec(text: string, where: Where): Promise<Exclude<Spec, { kind: 'project' }>> {
  const spec = parseSpec(text)
  if (spec.kind !== 'project') return spec
  const project = await readProject(where.io.cwd, {})
  const decision = decide({ ...project, installed: [], default: undefined })
  const pin = decision && parsePin(decision.wanted)
  if (pin) return pin
  throw new GonativeError(
    'NO_PROJECT',
    'no .go-version, .tool-versions, go.work or go.mod here asks for a Go version',
    {
      exit: 'missing',
      hint: 'Name one: gonative install latest.',
    },
  )
}

/**
 * The installed version that an argument means: itself, the newest of a line, what `link` gave that name,
 * or with `go.mod` what the project here asks for.
 * @throws GonativeError NOT_INSTALLED or NOT_LINKED (exit 5)
 */
export async function readInstalled(text: string, where: Where, by?: string): Promise<string> {
  const { layout } = where
  const installed = await installedGoVersions(layout)
  const linked = parseLinked(text, installed)
  if (!linked && isLinkName(text)) {
    throw new GonativeError('NOT_LINKED', `'${text}' is no version, and no Go is linked by that name`, {
      exit: 'missing',
      run: `gonative link ${text} <directory>`,
    })
  }
  const spec = linked ?? parseSpec(text)
  if (spec.kind === 'project') return installedVersion(await decideHere(where))
  const version = select(spec, installed)
  if (version !== undefined) return version
  throw notInstalled(spec.text, by)
}

/** The exact version for a command that acts on a toolchain: `--go`, else the one in force here. It is installed. */
export async function versionFor(flag: string | undefined, where: Where): Promise<string> {
  const version =
    flag === undefined ? installedVersion(await decideHere(where)) : await readInstalled(flag, where, '--go')
  await checkLinked(where.layout, version)
  return version
}

/** The receipt of `versionFor`. */
export async function receiptFor(flag: string | undefined, where: Where): Promise<Receipt> {
  const version = await versionFor(flag, where)
  const receipt = await readReceipt(where.layout, { tool: 'go', version })
  if (!receipt) throw notInstalled(version)
  return receipt
}

/** A decision's version. @throws GonativeError NO_VERSION or NOT_INSTALLED (exit 5), naming what asked for it. */
export function installedVersion(decision: Decision | undefined): string {
  if (!decision) {
    throw new GonativeError('NO_VERSION', 'no Go version is in force here', {
      exit: 'missing',
      run: 'gonative install latest',
    })
  }
  if (decision.installed && decision.version !== undefined) return decision.version
  const { wanted, from } = decision
  throw notInstalled(wanted, describeOrigin(from))
}

/** @param wanted as `gonative install` takes it */
function notInstalled(wanted: string, by?: string): GonativeError {
  const why = by === undefined ? '' : ` (asked for by ${by})`
  return new GonativeError('NOT_INSTALLED', `go ${wanted} is not installed${why}`, {
    exit: 'missing',
    run: `gonative install ${wanted}`,
  })
}

/** Makes an installed version the user's default. */
export async function makeDefault(version: string, layout: Layout): Promise<void> {
  await setConfig(layout, 'default', version)
}
