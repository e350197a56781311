/** The operation behind `graft`: plan, add or remove, and make the shims agree. */
import type { Target } from '../contract/index.js'
import type { Receipt } from '../store/receipt.js'
import { sweep } from '../store/staging.js'
import { addGrafts, removeGrafts } from './add-grafts.js'
import { expose } from './expose.js'
import { ensureAllNeeds, planTargets } from './install.js'
import type { Session } from './session.js'
import { collectUnused } from './uninstall.js'

/** Grafts targets onto an installed toolchain. Every target is planned before the first is made. */
export async function graftTargets(
  receipt: Receipt,
  targets: Target[],
  session: Session,
  options: { strategy?: string | undefined; allowUnverified: boolean },
): Promise<Receipt> {
  await sweep(session.layout)
  const plans = await planTargets(receipt, { targets, strategy: options.strategy }, session)
  await ensureAllNeeds(plans, session, options.allowUnverified)
  const after = await addGrafts(receipt, plans, session, options.allowUnverified)
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
