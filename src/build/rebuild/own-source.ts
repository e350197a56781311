/** A source tree of the user's own: copied, so that nothing is built in it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GonativeError } from '../../errors.js'
import { copyTree } from '../../install/import/copy-tree.js'
import type { Session } from '../../install/session.js'

/** What a checkout or a GOROOT has besides its source. */
const notSource = ['.git', '.github', '.gitattributes', '.gitignore', 'VERSION.cache', 'bin', 'pkg']

/**
 * @param from absolute; its VERSION names the release, as in a release's tag or archive
 * @throws GonativeError WRONG_SOURCE (usage)
 */
export async function checkOwnSource(from: string, version: string): Promise<void> {
  const text = await readFile(join(from, 'VERSION'), 'utf8').catch(() => undefined)
  const says = text?.split(/\s/, 1)[0]
  if (says === `go${version}`) return
  const found = says === undefined ? 'has no VERSION file' : `has "${says}" in its VERSION`
  throw new GonativeError('WRONG_SOURCE', `${from} is not the source of go ${version}: it ${found}`, {
    exit: 'usage',
    hint: `Take the tree of the tag go${version} or of a release's archive: its VERSION is part of what is compiled.`,
  })
}

/** @throws GonativeError NOT_PLAIN for a link in it */
export async function copyOwnSource(from: string, to: string, session: Session): Promise<void> {
  const copying = session.report.start(`copy ${from}`, 'files')
  await copyTree(from, to, notSource, (done, total) => copying.update(done, total)).finally(() => copying.end())
}
