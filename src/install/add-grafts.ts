/** Grafts on a toolchain that is installed already: added, replaced or removed, the receipt rewritten each time. */
import type { Target } from '../contract/index.js'
import { GonativeError } from '../errors.js'
import { Layout } from '../store/layout.js'
import { platformOf, readReceipt, writeReceipt, type GraftReceipt, type Receipt } from '../store/receipt.js'
import { toolchainOf } from '../store/installed.js'
import { releaseOf } from '../store/linked.js'
import { formatTarget } from '../target/target.js'
import { ensureNeeds } from './ensure.js'
import { applyGraft, graftsLock, type Planned } from './graft.js'
import type { Session } from './session.js'

/** Adds planned grafts; one for a platform that has one, of whatever variant or C library, replaces it. @returns the new receipt. */
export async function addGrafts(
  receipt: Receipt,
  plans: Planned[],
  session: Session,
  allowUnverified: boolean,
): Promise<Receipt> {
  const toolchain = { ...toolchainOf(session.layout, receipt), ...(await releaseOf(session.layout, receipt)) }
  return changeGrafts(receipt, session, async (before) => {
    const added: GraftReceipt[] = []
    for (const planned of plans) {
      await ensureNeeds(planned.plan, session, allowUnverified)
      added.push(await applyGraft(planned, toolchain, session))
    }
    const replaced = new Set(added.map(platformOf))
    return [...before.filter((graft) => !replaced.has(platformOf(graft))), ...added]
  })
}

/** Takes targets' grafts away. @throws GonativeError NOT_GRAFTED (exit 5) when there is none for one of them. */
export async function removeGrafts(receipt: Receipt, targets: Target[], session: Session): Promise<Receipt> {
  const names = targets.map(formatTarget)
  return changeGrafts(receipt, session, async (before) => {
    const unknown = names.filter((name) => !before.some((graft) => graft.target === name))
    if (unknown.length > 0) {
      throw new GonativeError('NOT_GRAFTED', `go ${receipt.version} has no graft for ${unknown.join(', ')}`, {
        exit: 'missing',
        hint: `It has: ${before.map((graft) => graft.target).join(', ') || 'none'}.`,
      })
    }
    return before.filter((graft) => !names.includes(graft.target))
  })
}

async function changeGrafts(
  { tool, version }: Receipt,
  session: Session,
  change: (before: GraftReceipt[]) => Promise<GraftReceipt[]>,
): Promise<Receipt> {
  const { layout, lock } = session
  return lock(Layout.nameOf({ tool, version }), () =>
    lock(graftsLock, async () => {
      const now = await readReceipt(layout, { tool, version })
      if (!now) throw new GonativeError('NOT_INSTALLED', `go ${version} was uninstalled meanwhile`, { exit: 'missing' })
      const changed = { ...now, grafts: await change(now.grafts) }
      await writeReceipt(layout, changed)
      return changed
    }),
  )
}
