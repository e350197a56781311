/** The server that the example plugin asks, with a compiler that prints its arguments. */
import { createHash } from 'node:crypto'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeZip } from './archives.js'
import type { Ran, User } from './cli.js'
import { serveFiles, type FileServer } from './files.js'

const example = fileURLToPath(new URL('../contract/example-plugin', import.meta.url))

/** Its URL is ACME_URL. */
export function serveAcme(): Promise<FileServer> {
  const zip = makeZip([{ name: 'acme-cc-1.0.0/acme-cc', data: '#!/bin/sh\nprintf "acme-cc:%s\\n" "$@"\n' }])
  const sha256 = createHash('sha256').update(zip).digest('hex')
  return serveFiles({
    files: { '/acme-cc-1.0.0.zip': zip, '/acme-cc-1.0.0.zip.sha256': `${sha256}  acme-cc-1.0.0.zip\n` },
  })
}

/** Links the example plugin, from a directory with a space in its name. */
export async function linkAcme(me: User): Promise<Ran> {
  const directory = join(me.cwd, 'acme plugin')
  await cp(example, directory, { recursive: true })
  return me.gonative('plugins', 'link', directory)
}
