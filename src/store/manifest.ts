/**
 * The manifest: one line for each file of a toolchain, `sha256 mode size path`, or `-> target` for the hash of a
 * symbolic link. What `verify` holds the tree against. Paths are written as JSON strings, so that any name has one line.
 */
import { createHash } from 'node:crypto'

export interface ManifestFile {
  /** From the toolchain's root, with `/`. */
  path: string
  /** Lower case hexadecimal; of a link, the empty string. */
  sha256: string
  size: number
  mode: number
  link?: string
}

/** The text of a manifest, sorted by path, and its own sha256. */
export function formatManifest(files: ManifestFile[]): { text: string; sha256: string } {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1))
  const text = sorted
    .map((file) => {
      const head = file.link === undefined ? file.sha256 : `->${JSON.stringify(file.link)}`
      return `${head}\t${file.mode.toString(8)}\t${file.size}\t${JSON.stringify(file.path)}\n`
    })
    .join('')
  return { text, sha256: createHash('sha256').update(text).digest('hex') }
}

/** The inverse of formatManifest. @throws SyntaxError on a damaged line. */
export function parseManifest(text: string): ManifestFile[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [head = '', mode = '', size = '', path = ''] = line.split('\t')
      const link = head.startsWith('->') ? (JSON.parse(head.slice(2)) as string) : undefined
      return {
        path: JSON.parse(path) as string,
        sha256: link === undefined ? head : '',
        size: Number(size),
        mode: parseInt(mode, 8),
        ...(link === undefined ? {} : { link }),
      }
    })
}
