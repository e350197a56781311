/** Releases that the index doesn't list, from the base URL of an archive of the user's (`goArchiveBase`). */
import type { Archive, Context, Digest, Host } from 'gonative/contract'
import { oldReleases } from './old-releases.js'

/** The archive of a release for a host, under the names that it was published with; undefined when it isn't there. */
export async function locateInArchive(version: string, host: Host, context: Context): Promise<Archive | undefined> {
  const { goArchiveBase } = context.settings
  if (goArchiveBase === undefined) return undefined
  const base = goArchiveBase.endsWith('/') ? goArchiveBase : `${goArchiveBase}/`
  for (const name of namesOf(version, host)) {
    const digests = await digestsOf(name, base, context)
    if (digests !== undefined) return { name, urls: [base + name], format: formatOf(name), prefix: 'go/', digests }
  }
  return undefined
}

/** Up to go1.4.2 darwin's archives name the oldest system that they run on. */
function namesOf(version: string, { os, arch }: Host): string[] {
  const start = `go${version}.${os}-${arch === 'arm' ? 'armv6l' : arch}`
  if (os === 'windows') return [`${start}.zip`]
  return os === 'darwin' ? [`${start}.tar.gz`, `${start}-osx10.8.tar.gz`] : [`${start}.tar.gz`]
}

function formatOf(name: string): Archive['format'] {
  return name.endsWith('.zip') ? 'zip' : 'tar.gz'
}

/** The digests known of a file that is there; undefined when it isn't. */
async function digestsOf(name: string, base: string, context: Context): Promise<Digest[] | undefined> {
  const sha1 = oldReleases[name]
  const known: Digest[] =
    sha1 === undefined ? [] : [{ algorithm: 'sha1', hex: sha1, from: 'the Go project, in its old list' }]
  const sibling = await context.http.get(`${base}${name}.sha256`)
  const hex = /^[0-9a-f]{64}\b/i.exec(await sibling.text())?.[0]
  if (sibling.status === 200 && hex !== undefined)
    known.push({ algorithm: 'sha256', hex: hex.toLowerCase(), from: `${name}.sha256 beside it` })
  if (sibling.status === 200 || (await exists(base + name, context))) return known
  return undefined
}

/** One byte tells: not every file server answers HEAD. */
async function exists(url: string, context: Context): Promise<boolean> {
  if (url.startsWith('file:')) return listed(url, context)
  const { status } = await context.http.get(url, { headers: { range: 'bytes=0-0' } })
  if (status >= 500) throw context.unreachable(`the Go archive base answered with status ${status}`)
  return status === 200 || status === 206
}

/** A whole archive is not read to see whether it is there: its directory says. */
async function listed(url: string, context: Context): Promise<boolean> {
  const cut = url.lastIndexOf('/') + 1
  const page = await context.http.get(url.slice(0, cut))
  return page.status === 200 && (await page.text()).includes(`href="${url.slice(cut)}"`)
}
