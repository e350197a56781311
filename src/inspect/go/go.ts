/** Everything that Go says of itself in a program. */
import type { CgoFacts, Description, GoFacts } from '../inspection.js'
import { findBuildId } from './build-id.js'
import { findBuildInfo } from './build-info.js'
import { findCgo, type Tables } from './cgo.js'
import { parseModules } from './modules.js'
import type { Places } from './places.js'

/** Without build information a program is Go's if something else said so. */
export interface Marks {
  /** From a note, where the format has them. */
  buildId: string | null
  /** Its sections have Go's names. */
  sections: boolean
}

/** @returns null if nothing of it is Go's */
export async function findGo(
  places: Places,
  marks: Marks,
  tables: Tables,
): Promise<{ go: GoFacts; cgo: CgoFacts } | null> {
  const info = await findBuildInfo(places)
  if (!info && marks.buildId === null && !marks.sections) return null
  const modules = parseModules(info?.text ?? '')
  const buildId = marks.buildId ?? (await findBuildId(places))
  return {
    go: { version: info?.version ?? null, ...modules, buildId },
    cgo: await findCgo(places, tables, modules.settings),
  }
}

/** The platform: as Go wrote it, else as the headers have it. */
export function platform(
  go: GoFacts | null,
  headers: { os: string | null; arch: string | null },
): Pick<Description, 'os' | 'arch' | 'platformFrom'> {
  const { GOOS, GOARCH } = go?.settings ?? {}
  const from = (written: string | undefined, seen: string | null): 'build info' | 'headers' | null =>
    written !== undefined ? 'build info' : seen === null ? null : 'headers'
  return {
    os: GOOS ?? headers.os,
    arch: GOARCH ?? headers.arch,
    platformFrom: { os: from(GOOS, headers.os), arch: from(GOARCH, headers.arch) },
  }
}
