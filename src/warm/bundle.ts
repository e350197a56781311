/** What an exported archive says of itself: `gonative-graft.json`, and `files`, a manifest of all the rest. */
import { createHash } from 'node:crypto'
import type { Host, Release } from '../contract/index.js'
import { GonativeError } from '../errors.js'
import { parseManifest, type ManifestFile } from '../store/manifest.js'

export const bundleFile = 'gonative-graft.json'
export const filesFile = 'files'

export interface Bundle {
  schema: 1
  /** Caches are for one kind of machine. */
  host: Host
  /** The Go version. */
  go: string
  grafts: BundledGraft[]
  /** sha256 of the manifest. */
  files: string
}

/** Its files are in `compiler/<id>` and `go/<id>`. */
export interface BundledGraft {
  target: string
  libc?: string
  /** The user's own SDK or sysroot that it was made with: its path is part of what Go's cache knows the compiler by. */
  sysroot?: string
  strategy: string
  id: string
  needs: Release[]
  goflags: string[]
}

/** @throws GonativeError NOT_A_GRAFT (exit 3) */
export function parseBundle(text: string, file: string): Bundle {
  try {
    const bundle = JSON.parse(text) as { schema?: number } & Partial<Omit<Bundle, 'schema'>>
    if (bundle.schema === 1 && typeof bundle.go === 'string' && Array.isArray(bundle.grafts) && bundle.host) {
      return bundle as Bundle
    }
  } catch {
    // falls through to the one error below
  }
  throw damaged(`${file} holds no exported grafts, or those of a newer gonative`)
}

/**
 * Holds what was unpacked against the archive's own manifest: every file, no other, and their content.
 * @throws GonativeError GRAFT_DAMAGED (exit 3)
 */
export function checkFiles(
  bundle: Bundle,
  manifest: string,
  found: readonly { path: string; sha256: string }[],
  file: string,
): ManifestFile[] {
  if (createHash('sha256').update(manifest).digest('hex') !== bundle.files) throw damaged(`${file} is damaged: files`)
  const listed = parseManifest(manifest)
  const content = new Map(found.map(({ path, sha256 }) => [path, sha256]))
  for (const own of [bundleFile, filesFile]) content.delete(own)
  for (const { path, sha256, link } of listed) {
    if (link !== undefined || content.get(path) !== sha256) throw damaged(`${file} is damaged: ${path}`)
    content.delete(path)
  }
  const [extra] = content.keys()
  if (extra !== undefined) throw damaged(`${file} is damaged: ${extra} is not in its list`)
  return listed
}

/** The one error of an archive that can't be taken. */
export function damaged(message: string, cause?: unknown): GonativeError {
  return new GonativeError('GRAFT_DAMAGED', message, {
    exit: 'refused',
    cause,
    hint: 'Export it again, and copy it whole.',
  })
}
