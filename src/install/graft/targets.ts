/** The table of every target of a version: what is possible, by which strategy, what is grafted, and why not. */
import type { Release } from '../../contract/index.js'
import { releaseOf } from '../../store/linked.js'
import { platformOf, readReceipt } from '../../store/receipt.js'
import { readWarmRecord } from '../../store/warm-record.js'
import { formatTarget } from '../../target/target.js'
import { platformsOf, type Platform } from '../../target/platforms.js'
import { withoutCgo } from '../../target/without-cgo.js'
import type { Session } from '../session.js'
import { planAll, type Refused } from './plan.js'

export interface TargetRow {
  /** With its variant, where one is grafted. */
  target: string
  firstClass: boolean
  /** Whether Go supports cgo there. */
  cgo: boolean
  /** The strategy that would make it native, or did; null where none applies. */
  strategy: string | null
  grafted: boolean
  /** Whether its caches were filled, and the bytes that they take; 0 while they aren't. */
  warmed: boolean
  bytes: number
  /** The C library of the graft, or the one that it would have; null where there is no choice or no graft. */
  libc: string | null
  /** The user's own SDK or sysroot that it is, or would be, built with; null for none. */
  sysroot: string | null
  /** Why no strategy applies, why the graft that was asked for could not be made, or has no cgo; null elsewhere. */
  reason: string | null
  /** What would make it possible; null where there is no reason, or where nothing is known to help. */
  remedy: string | null
  /** Where the reason is explained or tracked: a URL, or null. */
  see: string | null
}

const nothing = { strategy: null, libc: null, sysroot: null, reason: null, remedy: null, see: null }
/** What helps where a distribution was never published. */
const mirrored = 'a distribution made by somebody else, in a directory or server that GONATIVE_MIRROR names'
type Answer = Pick<TargetRow, keyof typeof nothing>

/** Every target that the version knows, in the order of Go's own list. */
export async function targetsOf(release: Release, session: Session): Promise<TargetRow[]> {
  const { grafts = [], missing = [] } = (await readReceipt(session.layout, release)) ?? {}
  const known = await releaseOf(session.layout, release)
  return Promise.all(
    platformsOf(known.version).map(async (platform) => {
      const target = formatTarget(platform)
      const graft = grafts.find((candidate) => platformOf(candidate) === target)
      const common = { target: graft?.target ?? target, firstClass: platform.firstClass, cgo: platform.cgo }
      if (graft) {
        const { strategy, libc = null, sysroot = null, withoutCgo: reason = null } = graft
        const warm = await readWarmRecord(session.layout, release, graft.id)
        const bytes = warm ? warm.bytes.go + warm.bytes.compiler : 0
        const warmed = warm !== undefined
        return { ...common, ...nothing, strategy, grafted: true, warmed, bytes, libc, sysroot, reason }
      }
      const answer = await possible(known, platform, session)
      const left = missing.find((each) => platformOf(each) === target)
      if (left && answer.strategy !== null) answer.reason = left.reason
      return { ...common, grafted: false, warmed: false, bytes: 0, ...answer }
    }),
  )
}

async function possible(release: Release, { goos, goarch, cgo }: Platform, session: Session): Promise<Answer> {
  if (!cgo) return { ...nothing, ...withoutCgo(goos, goarch, release.version) }
  const answers = await planAll(release, { goos, goarch }, session)
  let unlikely: string | undefined
  for (const answer of answers) {
    if (!('plan' in answer)) continue
    const unpublished = answer.plan.distributions?.find((each) => each.unpublished !== undefined)?.unpublished
    if (unpublished !== undefined) {
      unlikely ??= unpublished
      continue
    }
    const { libc = null, sysroot = null } = answer.plan.target
    return { ...nothing, strategy: answer.offer.id, libc, sysroot }
  }
  if (unlikely !== undefined) return { ...nothing, reason: unlikely, remedy: mirrored }
  return refusal(answers.filter((answer) => 'refused' in answer))
}

/** The refusals that say what would help speak for all; only where there is none does every strategy have its word. */
function refusal(refusals: Refused[]): Answer {
  const [best] = refusals.filter(({ remedy }) => remedy !== undefined)
  if (best) return { ...nothing, reason: best.refused, remedy: best.remedy ?? null, see: best.see ?? null }
  const reason = refusals.map(({ offer, refused }) => `${offer.id}: ${refused}`).join('; ')
  return { ...nothing, reason, see: refusals.find(({ see }) => see !== undefined)?.see ?? null }
}
