/**
 * Verify: every verifier gives a verdict on every archive. It takes one `verified` and no `rejected` to go on; the
 * user may go on without a `verified` (`--allow-unverified`), never over a `rejected`.
 */
import type { Archive, Host, Measured, Release, Verifier } from '../contract/index.js'
import { GonativeError, messageOf } from '../errors.js'
import type { Offer } from '../registry/collect.js'
import type { ArchiveReceipt } from '../store/receipt.js'
import type { Session } from './session.js'

export type Loaded = [Offer<Verifier>, Verifier]
type Verdicts = ArchiveReceipt['verdicts']

/** Loads every verifier; one that can't be loaded stops the install, because it might have said no. */
export async function loadVerifiers(session: Session): Promise<Loaded[]> {
  const { verifiers } = await session.registry()
  return Promise.all(verifiers.map(async (offer): Promise<Loaded> => [offer, await offer.load()]))
}

/**
 * The archive with what verifiers know to have been published of it, where its source gave no digest. Whoever keeps a
 * mirror of distributions of their own making vouches for those themselves, with a digest beside each.
 */
export function withPublished(archive: Archive, release: Release, verifiers: Loaded[]): Archive {
  if (archive.digests.length > 0) return archive
  const known = verifiers.flatMap(([, verifier]) => verifier.published?.(archive, release) ?? [])
  return known.length === 0 ? archive : { ...archive, digests: known }
}

/**
 * The verdicts of one stage on one archive of a release for `host`.
 * @throws GonativeError REFUSED (exit 3) at a rejection, saying which check failed.
 */
export async function judge(
  stage: Verifier['stage'],
  archive: Archive,
  { release, host }: { release: Release; host: Host },
  measured: Measured,
  verifiers: Loaded[],
  session: Session,
): Promise<Verdicts> {
  const verdicts: Verdicts = []
  for (const [offer, verifier] of verifiers.filter(([, verifier]) => verifier.stage === stage)) {
    const verdict = await Promise.resolve()
      .then(() => verifier.verify(archive, release, host, measured, session.contextOf(offer)))
      .catch((error: unknown) => {
        throw refused(archive, offer, messageOf(error), error)
      })
    if (verdict.status === 'rejected') throw refused(archive, offer, verdict.reason)
    const evidence = verdict.status === 'verified' ? verdict.evidence : verdict.reason
    verdicts.push({ by: offer.id, status: verdict.status, evidence })
  }
  return verdicts
}

/** @throws GonativeError UNVERIFIED (exit 3) when nothing vouches for the archive and the user did not allow that. */
export function conclude(archive: Archive, verdicts: Verdicts, allowUnverified: boolean): void {
  if (allowUnverified || verdicts.some((verdict) => verdict.status === 'verified')) return
  const reasons = verdicts.map(({ by, evidence }) => `\n  ${by}: ${evidence}`).join('')
  throw new GonativeError('UNVERIFIED', `nothing vouches for ${archive.name}:${reasons}`, {
    exit: 'refused',
    hint: 'Use a source that publishes digests, or install it all the same with --allow-unverified.',
  })
}

function refused(archive: Archive, offer: Offer<Verifier>, reason: string, cause?: unknown): GonativeError {
  const own = cause instanceof GonativeError ? cause.hint : undefined
  const usual =
    'What was served is not what its publisher published. Try another --source, and tell whoever runs this one.'
  return new GonativeError('REFUSED', `${archive.name} is refused by ${offer.id}: ${reason}`, {
    exit: 'refused',
    hint: own ?? usual,
    cause,
  })
}
