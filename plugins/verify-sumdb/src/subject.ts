/**
 * As which module version the checksum database knows an archive. A module's zip says so itself. From 1.21 on Go's own
 * distribution archives are known as well: cmd/distpack makes them and the toolchain module from the same files, so
 * that the module's hash follows from either.
 */
import type { Archive, ModuleVersion, Release } from 'gonative/contract'
import type { HashedFile } from './hash1.js'

export interface Subject {
  module: ModuleVersion
  /** The archive's files as the module's zip has them. */
  files(contents: HashedFile[]): HashedFile[]
}

/** Directories of a distribution that the module leaves out: cmd/distpack, the `Remove` of modArch. */
const leftOut = /^(?:api|doc|misc|test)\//

/** What file names call an architecture, where Go itself calls it otherwise. */
const architectures: Readonly<Record<string, string>> = { armv6l: 'arm' }

/** @returns undefined when the database can't know it */
export function subjectOf(archive: Archive, release: Release): Subject | undefined {
  if (archive.module !== undefined) return { module: archive.module, files: (contents) => contents }
  if (release.tool !== 'go' || archive.prefix !== 'go/' || !isDistpacked(release.version)) return undefined
  const start = `go${release.version}.`
  const platform = /^([a-z0-9]+)-([a-z0-9]+)\.(?:tar\.gz|zip)$/.exec(archive.name.slice(start.length))
  const [, os, arch] = platform ?? []
  if (!archive.name.startsWith(start) || os === undefined || arch === undefined) return undefined
  const version = `v0.0.1-go${release.version}.${os}-${architectures[arch] ?? arch}`
  const module = { path: 'golang.org/toolchain', version }
  return { module, files: (contents) => asModule(module, archive.prefix, contents) }
}

function isDistpacked(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? []
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 21)
}

function asModule({ path, version }: ModuleVersion, prefix: string, contents: HashedFile[]): HashedFile[] {
  return contents
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, sha256 }) => ({ name: name.slice(prefix.length), sha256 }))
    .filter(({ name }) => !leftOut.test(name))
    .map(({ name, sha256 }) => ({ name: `${path}@${version}/${name.replace(/(?<=^|\/)go\.mod$/, '_go.mod')}`, sha256 }))
}
