/** A Python package index's "simple" page of one project, as JSON (PEP 691) or HTML (PEP 503). */
import type { Context, Digest } from 'gonative/contract'

export interface ProjectFile {
  filename: string
  url: string
  digests: Digest[]
  yanked: boolean
  /** Bytes, where the index says. */
  size: number | undefined
}

const json = 'application/vnd.pypi.simple.v1+json'
const accept = `${json}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1`
const from = 'the Python package index'

/** The files of a project; none when the index doesn't know it. @throws unreachable */
export async function readProject(project: string, index: string, context: Context): Promise<ProjectFile[]> {
  const page = `${index.replace(/\/+$/, '')}/${project}/`
  const response = await context.http.get(page, { headers: { accept } })
  if (response.status === 404) return []
  if (response.status !== 200)
    throw context.unreachable(`the Python package index ${shown(index)} answered with status ${response.status}`)
  const text = await response.text()
  const type = response.headers['content-type'] ?? ''
  try {
    const files = type.includes('json') ? fromJson(text) : fromHtml(text)
    return files.map((file) => ({ ...file, url: resolved(file.url, page) }))
  } catch (error) {
    throw context.unreachable(
      `the Python package index ${shown(index)} answered with something else than a list`,
      error,
    )
  }
}

/** pip sends the index's user and password for files on the same host too. */
function resolved(href: string, page: string): string {
  const [url, base] = [new URL(href, page), new URL(page)]
  if (url.host === base.host && url.username === '' && url.password === '')
    [url.username, url.password] = [base.username, base.password]
  url.hash = ''
  return url.href
}

function shown(index: string): string {
  return URL.canParse(index) ? new URL(index).host : index
}

interface JsonFile {
  filename: string
  url: string
  hashes?: Record<string, string>
  yanked?: boolean | string
  size?: number
}

function fromJson(text: string): ProjectFile[] {
  const { files } = JSON.parse(text) as { files: JsonFile[] } // a page of another shape throws in what follows
  return files.map(({ filename, url, hashes = {}, yanked = false, size }) => ({
    filename,
    url,
    digests: digestsIn(Object.entries(hashes)),
    yanked: yanked !== false,
    size,
  }))
}

function fromHtml(text: string): ProjectFile[] {
  return [...text.matchAll(/<a\s([^>]*)>([^<]*)<\/a>/gi)].flatMap(([, attributes = '', label = '']) => {
    const href = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes)
    const url = unescaped(href?.[1] ?? href?.[2] ?? '')
    if (url === '') return []
    const [, algorithm = '', hex = ''] = /#(\w+)=([0-9a-f]+)/i.exec(url) ?? []
    const yanked = /\bdata-yanked\b/i.test(attributes)
    return [{ filename: unescaped(label.trim()), url, digests: digestsIn([[algorithm, hex]]), yanked, size: undefined }]
  })
}

function digestsIn(hashes: [string, string][]): Digest[] {
  return hashes.flatMap(([algorithm, hex]) =>
    algorithm === 'sha256' || algorithm === 'sha512' ? [{ algorithm, hex: hex.toLowerCase(), from }] : [],
  )
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" }

function unescaped(text: string): string {
  return text.replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
}
