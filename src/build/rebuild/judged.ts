/** The verifiers' word on what was made here: the same verifiers, and the same records, as for what is downloaded. */
import type { Archive, Host, Measured, Release } from '../../contract/index.js'
import { GonativeError } from '../../errors.js'
import { digestsOfFile } from '../../install/fetch/digests.js'
import { locate, sourcesFor } from '../../install/locate.js'
import type { Session } from '../../install/session.js'
import { judge, loadVerifiers } from '../../install/verify.js'
import type { Made, MadeArchives } from './made.js'

export interface Judged {
  name: string
  /** Of the file that was made here. */
  sha256: string
  size: number
  verdicts: { by: string; status: 'verified' | 'not-applicable' | 'rejected'; evidence: string }[]
}

/**
 * The module's zip is held against the checksum database, the distribution against the digests that sources give for it.
 * @param contents the regular files of the module's zip
 * @throws GonativeError REFUSED when a record itself fails a check
 */
export async function judgeMade(
  { module, distribution }: MadeArchives,
  contents: NonNullable<Measured['contents']>,
  of: { release: Release; host: Host },
  session: Session,
): Promise<Judged[]> {
  const judged = [await judgeOne('contents', module, module.archive, of, session, contents)]
  if (!distribution) return judged
  const published = await publishedAs(distribution.archive.name, of, session)
  return published ? [...judged, await judgeOne('file', distribution, published, of, session)] : judged
}

async function judgeOne(
  stage: 'file' | 'contents',
  { path, archive: { name } }: Made,
  archive: Archive,
  of: { release: Release; host: Host },
  session: Session,
  contents?: NonNullable<Measured['contents']>,
): Promise<Judged> {
  const algorithms = new Set(['sha256' as const, ...archive.digests.map(({ algorithm }) => algorithm)])
  const running = await digestsOfFile(path, [...algorithms])
  const digests = running.digests()
  const measured: Measured = { digests, size: running.size, ...(contents ? { contents } : {}) }
  const verdicts: Judged['verdicts'] = []
  for (const verifier of await loadVerifiers(session)) {
    try {
      verdicts.push(...(await judge(stage, archive, of, measured, [verifier], session)))
    } catch (error) {
      // A rejection is what this is about; a record that can't be trusted is not.
      if (!(error instanceof GonativeError) || error.code !== 'REFUSED' || error.cause !== undefined) throw error
      verdicts.push({ by: verifier[0].id, status: 'rejected', evidence: error.message })
    }
  }
  return { name, sha256: digests.sha256 ?? '', size: running.size, verdicts }
}

/** The distribution as the first source describes it that knows a digest of it. */
async function publishedAs(
  name: string,
  { release, host }: { release: Release; host: Host },
  session: Session,
): Promise<Archive | undefined> {
  for (const [{ id }] of await sourcesFor(release.tool, session)) {
    const { located } = await locate(release, session, { only: id, host })
    const archive = located?.archives.find((each) => each.name === name && each.digests.length > 0)
    if (archive) return archive
  }
  return undefined
}
