/** Grafts on a toolchain that is installed already: added, replaced or removed, the receipt rewritten each time. */
import type { Target } from '../../contract/index.js'
import { GonativeError } from '../../errors.js'
import { Layout } from '../../store/layout.js'
import { changeLaid, mendLaid } from '../../store/laid.js'
import { platformOf, readReceipt, writeReceipt, type MissingGraft, type Receipt } from '../../store/receipt.js'
import { toolchainOf } from '../../store/installed.js'
import { releaseOf } from '../../store/linked.js'
import { formatTarget } from '../../target/target.js'
import type { Session } from '../session.js'
import { graftsLock } from './apply.js'
import { makeGrafts } from './make.js'
import type { Wanted } from './plan.js'

export interface Grafted {
  receipt: Receipt
  /** Of the targets that were wanted. */
  missing: MissingGraft[]
}

/**
 * Adds grafts; one for a platform that has one, of whatever variant or C library, replaces it. Of several targets those are
 * left out, and noted in the receipt, for which none could be made.
 * @throws GonativeError when none could be made at all
 */
export async function addGrafts(
  receipt: Receipt,
  wanted: Wanted[],
  session: Session,
  allowUnverified: boolean,
): Promise<Grafted> {
  const toolchain = { ...toolchainOf(session.layout, receipt), ...(await releaseOf(session.layout, receipt)) }
  let missing: MissingGraft[] = []
  const after = await changeGrafts(receipt, session, async (now) => {
    const outcome = await makeGrafts(wanted, toolchain, session, allowUnverified)
    const [first] = outcome.missing
    if (first && outcome.made.length === 0) throw first.error
    if (now.linked !== undefined && outcome.made.some(({ goroot }) => goroot !== undefined))
      throw linkedTree(now.linked)
    missing = outcome.missing.map(({ target, reason }) => ({ target, reason }))
    const replaced = new Set(outcome.made.map(platformOf))
    const grafts = [...now.grafts.filter((graft) => !replaced.has(platformOf(graft))), ...outcome.made]
    const still = (now.missing ?? []).filter((old) => !wanted.some(({ target }) => formatTarget(target) === old.target))
    return { grafts, missing: [...still, ...missing].filter((each) => !replaced.has(platformOf(each))) }
  })
  return { receipt: after, missing }
}

/** Takes targets' grafts away. @throws GonativeError NOT_GRAFTED (exit 5) when there is none for one of them. */
export async function removeGrafts(receipt: Receipt, targets: Target[], session: Session): Promise<Receipt> {
  const names = targets.map(formatTarget)
  return changeGrafts(receipt, session, async ({ grafts: before, missing = [] }) => {
    const unknown = names.filter((name) => !before.some((graft) => graft.target === name))
    if (unknown.length > 0) {
      throw new GonativeError('NOT_GRAFTED', `go ${receipt.version} has no graft for ${unknown.join(', ')}`, {
        exit: 'missing',
        hint: `It has: ${before.map((graft) => graft.target).join(', ') || 'none'}.`,
      })
    }
    return { grafts: before.filter((graft) => !names.includes(graft.target)), missing }
  })
}

function linkedTree(linked: string): GonativeError {
  const what = `the graft would have to write into ${linked}, which is a Go of yours`
  return new GonativeError('GRAFT_CONFLICT', what, { hint: 'Take another --strategy, or install that version.' })
}

async function changeGrafts(
  { tool, version }: Receipt,
  session: Session,
  change: (now: Receipt) => Promise<Required<Pick<Receipt, 'grafts' | 'missing'>>>,
): Promise<Receipt> {
  const { layout, lock } = session
  return lock(Layout.nameOf({ tool, version }), () =>
    lock(graftsLock, async () => {
      const now = await readReceipt(layout, { tool, version })
      if (!now) throw new GonativeError('NOT_INSTALLED', `go ${version} was uninstalled meanwhile`, { exit: 'missing' })
      await mendLaid(layout, now)
      const { missing, grafts } = await change(now)
      const changed: Receipt = { ...now, grafts, missing }
      if (missing.length === 0) delete changed.missing
      await changeLaid(layout, now, { before: now.grafts, after: grafts }, () => writeReceipt(layout, changed))
      return changed
    }),
  )
}
