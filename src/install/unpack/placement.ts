/** Where an archive's entries go in the toolchain, and which are programs: what an `Archive` says, as functions. */
import type { Archive } from '../../contract/index.js'

export interface Placement {
  /** The name that an entry is unpacked under, still with the archive's prefix. */
  renamed(name: string): string
  /** The path in the toolchain of a renamed entry; undefined when it is outside the prefix, the prefix itself, or not wanted. */
  path(name: string): string | undefined
  /** Whether a path in the toolchain is a program by the archive's own list. */
  isProgram(path: string): boolean
}

/** Reads `prefix`, `into`, `renames` and `programs`; `keep` are the paths that are wanted. `prefix` and `into` are directories, with or without last slash. */
export function placementOf(archive: Archive, keep: string[]): Placement {
  const prefix = asDirectory(archive.prefix)
  const into = asDirectory(archive.into ?? '')
  const renames = new Map(Object.entries(archive.renames ?? {}))
  const programs = (archive.programs ?? []).map(globPattern)
  const wanted = keep.map(globPattern)
  return {
    renamed(name) {
      const base = name.lastIndexOf('/') + 1
      const better = renames.get(name.slice(base))
      return better === undefined ? name : name.slice(0, base) + better
    },
    path(name) {
      if (!name.startsWith(prefix) || name.length === prefix.length) return undefined
      const path = into + name.slice(prefix.length)
      return wanted.some((pattern) => pattern.test(path)) ? path : undefined
    },
    isProgram: (path) => programs.some((pattern) => pattern.test(path)),
  }
}

function asDirectory(path: string): string {
  return path === '' || path.endsWith('/') ? path : `${path}/`
}

/** `*` is anything within a segment, `**` anything at all; every other character is itself. */
function globPattern(glob: string): RegExp {
  const source = glob.replace(/\*\*|\*|[^*]+/g, (part) => {
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    return part.replace(/[\\^$.+?()[\]{}|/]/g, '\\$&')
  })
  return new RegExp(`^${source}$`)
}
