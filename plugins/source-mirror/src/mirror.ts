/** One mirror, whether a directory or a web server: its files by name. */
import type { Context } from 'gonative/contract'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface Mirror {
  /** As its user may read it: without a password. */
  label: string
  urlOf(name: string): string
  /** A small text file; undefined when there is none. @throws unreachable */
  text(name: string): Promise<string | undefined>
  /** Whether there is such a file. @throws unreachable */
  has(name: string): Promise<boolean>
  /** The names in the directory, or linked from the index page; none when there is no such page. @throws unreachable */
  names(): Promise<string[]>
}

/** What servers say of a file that isn't there; object stores say 403 to those who may not list. */
const absent = [403, 404, 410]

/** Opens a mirror by its directory or its file:, http: or https: URL. Nothing is asked yet. */
export function openMirror(place: string, context: Context): Mirror {
  const base = /^(https?|file):/.test(place) ? slashed(place) : pathToFileURL(`${resolve(place)}/`).href
  const label = labelOf(base, place)
  const urlOf = (name: string): string => base + encodeURIComponent(name)

  const names = async (): Promise<string[]> => {
    const response = await context.http.get(base)
    if (response.status === 200) return linksIn(await response.text())
    if (base.startsWith('file:')) throw context.unreachable(`the mirror ${label} is not there`)
    if (!absent.includes(response.status)) throw refused(response.status)
    return []
  }
  const refused = (status: number): Error => context.unreachable(`the mirror ${label} answered with status ${status}`)

  return {
    label,
    urlOf,
    names,
    async text(name) {
      const response = await context.http.get(urlOf(name))
      if (response.status === 200) return response.text()
      if (!absent.includes(response.status)) throw refused(response.status)
      return undefined
    },
    async has(name) {
      // Files are listed rather than read; of a server one byte is asked, because not every one answers HEAD.
      if (base.startsWith('file:')) return (await names()).includes(name)
      const { status } = await context.http.get(urlOf(name), { headers: { range: 'bytes=0-0' } })
      if (status !== 200 && status !== 206 && !absent.includes(status)) throw refused(status)
      return status === 200 || status === 206
    },
  }
}

function slashed(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}

function labelOf(base: string, place: string): string {
  if (!URL.canParse(base)) return place
  const url = new URL(base)
  return url.protocol === 'file:' ? place : `${url.protocol}//${url.host}${url.pathname}`
}

/** The last parts of the links in a page: what servers' own index pages hold. */
function linksIn(page: string): string[] {
  const hrefs = [...page.matchAll(/\bhref\s*=\s*["']([^"'?#]+)["']/gi)].map((found) => found[1] ?? '')
  const names = hrefs.map((href) => href.slice(href.lastIndexOf('/') + 1)).filter((name) => name !== '')
  return [...new Set(names.map(decoded))]
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
