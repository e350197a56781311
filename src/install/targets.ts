/** The table of every target of a version: what is possible, by which strategy, what is grafted, and why not. */
import type { Release } from '../contract/index.js'
import { platformOf, readReceipt } from '../store/receipt.js'
import { formatTarget } from '../target/target.js'
import { platformsOf, type Platform } from '../target/platforms.js'
import { planAll } from './graft.js'
import type { Session } from './session.js'

export interface TargetRow {
  /** With its variant, where one is grafted. */
  target: string
  firstClass: boolean
  /** Whether Go supports cgo there. */
  cgo: boolean
  /** The strategy that would make it native, or did; null where none applies. */
  strategy: string | null
  grafted: boolean
  /** The C library of the graft, or the one that it would have; null where there is no choice or no graft. */
  libc: string | null
  /** Why no strategy applies; null where one does. */
  reason: string | null
}

/** Every target that the version knows, in the order of Go's own list. */
export async function targetsOf(release: Release, session: Session): Promise<TargetRow[]> {
  const grafts = (await readReceipt(session.layout, release))?.grafts ?? []
  return Promise.all(
    platformsOf(release.version).map(async (platform) => {
      const target = formatTarget(platform)
      const graft = grafts.find((candidate) => platformOf(candidate) === target)
      const common = { target: graft?.target ?? target, firstClass: platform.firstClass, cgo: platform.cgo }
      if (graft) {
        return { ...common, strategy: graft.strategy, grafted: true, libc: graft.libc ?? null, reason: null }
      }
      return { ...common, grafted: false, ...(await possible(release, platform, session)) }
    }),
  )
}

async function possible(
  release: Release,
  { goos, goarch, cgo }: Platform,
  session: Session,
): Promise<Pick<TargetRow, 'strategy' | 'libc' | 'reason'>> {
  if (!cgo)
    return { strategy: null, libc: null, reason: `Go ${release.version} has no cgo for it: it builds as plain Go does` }
  const answers = await planAll(release, { goos, goarch }, session)
  for (const answer of answers) {
    if ('plan' in answer) return { strategy: answer.offer.id, libc: answer.plan.target.libc ?? null, reason: null }
  }
  const reasons = answers.map((answer) => ('refused' in answer ? `${answer.offer.id}: ${answer.refused}` : ''))
  return { strategy: null, libc: null, reason: reasons.join('; ') }
}
