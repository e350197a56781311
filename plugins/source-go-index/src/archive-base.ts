/**
 * Releases that the index doesn't list, from wherever the user has an archive of them (`goArchiveBase`): a directory or a
 * base URL that holds the files by the names under which they once lay at go.googlecode.com/files/.
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Archive, Context, Digest, Host } from 'gonative/contract'

/** The archive of a release for a host, under the names that it was published with; undefined when it isn't there. */
export async function locateInArchive(version: string, host: Host, context: Context): Promise<Archive | undefined> {
  const { goArchiveBase } = context.settings
  if (goArchiveBase === undefined) return undefined
  const base = baseOf(goArchiveBase)
  for (const name of namesOf(version, host)) {
    const digests = await digestsOf(name, base, context)
    if (digests !== undefined) return { name, urls: [base + name], format: formatOf(name), prefix: 'go/', digests }
  }
  return undefined
}

/** The base as a URL that ends in a slash. */
function baseOf(place: string): string {
  if (!/^(https?|file):/.test(place)) return pathToFileURL(`${resolve(place)}/`).href
  return place.endsWith('/') ? place : `${place}/`
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

/** The digest beside a file that is there, if there is one; undefined when the file isn't there. */
async function digestsOf(name: string, base: string, context: Context): Promise<Digest[] | undefined> {
  const sibling = await context.http.get(`${base}${name}.sha256`)
  const hex = /^[0-9a-f]{64}\b/i.exec(await sibling.text())?.[0]
  if (sibling.status === 200 && hex !== undefined)
    return [{ algorithm: 'sha256', hex: hex.toLowerCase(), from: `${name}.sha256 beside it` }]
  return (await exists(base + name, context)) ? [] : undefined
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
