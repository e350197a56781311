/** The operation behind `graft`: plan, add or remove, and make the shims agree. */
import type { Target } from '../../contract/index.js'
import type { Receipt } from '../../store/receipt.js'
import { ensureOnlyNeeds } from '../ensure.js'
import { expose } from '../expose.js'
import { mend } from '../mend.js'
import type { Session } from '../session.js'
import { collectUnused } from '../uninstall.js'
import { addGrafts, removeGrafts, type Grafted } from './add.js'
import { planGraft } from './plan.js'

/** Grafts targets onto an installed toolchain. Every target is planned before the first is made. */
export async function graftTargets(
  receipt: Receipt,
  targets: Target[],
  session: Session,
  options: { strategy?: string | undefined; allowUnverified: boolean },
): Promise<Grafted> {
  await mend(session)
  const wanted = await Promise.all(targets.map((target) => planGraft(receipt, target, session, options.strategy)))
  await ensureOnlyNeeds(wanted, session, options.allowUnverified)
  const after = await addGrafts(receipt, wanted, session, options.allowUnverified)
  await collectUnused(session) // what was replaced
  await expose(session)
  return after
}

/** Takes grafts away, and what only they used. */
export async function removeTargets(receipt: Receipt, targets: Target[], session: Session): Promise<Receipt> {
  const after = await removeGrafts(receipt, targets, session)
  await collectUnused(session)
  await expose(session)
  return after
}
