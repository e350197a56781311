/** The index at go.dev/dl (https://pkg.go.dev/golang.org/x/website/internal/dl): every release with its files. */
import type { Archive, Context, Digest, Host } from 'gonative/contract'

const index = 'https://go.dev/dl/?mode=json&include=all'

/** The first redirects to the second today; both are published addresses. */
const bases = ['https://go.dev/dl/', 'https://dl.google.com/go/']

export interface IndexFile {
  filename: string
  os: string
  arch: string
  kind: string
  /** Empty for the oldest releases. */
  sha256: string
  size: number
}

export interface IndexRelease {
  /** Without `go`. */
  version: string
  files: IndexFile[]
}

const read = new WeakMap<Context, Promise<IndexRelease[]>>()

/** The index, fetched once for each context. @throws unreachable when it doesn't answer with one. */
export function readIndex(context: Context): Promise<IndexRelease[]> {
  const releases = read.get(context) ?? fetchIndex(context)
  read.set(context, releases)
  return releases
}

async function fetchIndex(context: Context): Promise<IndexRelease[]> {
  const response = await context.http.get(index)
  if (response.status !== 200) throw context.unreachable(`the index at go.dev answered with status ${response.status}`)
  const releases = parseIndex(await response.text())
  if (releases === undefined)
    throw context.unreachable('the index at go.dev answered with something else than its index')
  return releases
}

/** Reads the index; undefined when the text is none. Entries that are not as expected are left out. */
export function parseIndex(text: string): IndexRelease[] | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!Array.isArray(json)) return undefined
  return json.filter(isRelease).map((release) => ({ ...release, version: release.version.replace(/^go/, '') }))
}

function isRelease(entry: unknown): entry is IndexRelease {
  const release = entry as Partial<IndexRelease> | null // looked at field by field
  return typeof release?.version === 'string' && Array.isArray(release.files)
}

/** The index calls 32-bit ARM by what its archive is built for. */
const archNames: Record<string, string[]> = { arm: ['armv6l', 'arm'] }

/**
 * A release's archive for a host. Up to 1.4 darwin has one for each of two minimum systems, `-osx10.6` and
 * `-osx10.8`: the newer one has the cgo parts that later systems can run.
 */
export function fileFor(release: IndexRelease, host: Host): IndexFile | undefined {
  const names = archNames[host.arch] ?? [host.arch]
  const archives = release.files.filter(
    (file) => file.kind === 'archive' && file.os === host.os && names.includes(file.arch),
  )
  return archives.find((file) => !file.filename.includes('-osx10.6')) ?? archives[0]
}

/** A release's source; the oldest have none in the index. */
export function sourceFileOf(release: IndexRelease): IndexFile | undefined {
  return release.files.find((file) => file.kind === 'source' && file.filename.endsWith('.src.tar.gz'))
}

/** What the core needs to know of a file. */
export function archiveOf(file: IndexFile): Archive {
  const sha256: Digest = { algorithm: 'sha256', hex: file.sha256, from: 'the index at go.dev' }
  const digests = /^[0-9a-f]{64}$/.test(file.sha256) ? [sha256] : []
  return {
    name: file.filename,
    urls: bases.map((base) => base + file.filename),
    format: file.filename.endsWith('.zip') ? 'zip' : 'tar.gz',
    ...(file.size > 0 && { size: file.size }),
    prefix: 'go/',
    digests,
  }
}
