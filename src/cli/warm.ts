/** Warming as `install` and `graft` say it. */
import type { Session } from '../install/session.js'
import type { GraftReceipt, Receipt } from '../store/receipt.js'
import { bytes } from '../ui/table.js'
import { warmGrafts } from '../warm/warm.js'

/** Warms some of a toolchain's grafts, and says how it went. */
export async function showWarming(
  receipt: Receipt,
  grafts: GraftReceipt[],
  session: Session,
  say: (line: string) => void,
): Promise<void> {
  const since = performance.now()
  const warmed = await warmGrafts(receipt, grafts, session)
  if (warmed.length === 0) return // nothing is grafted
  const made = warmed.filter((each) => each.made)
  const size = bytes(warmed.reduce((sum, each) => sum + each.bytes, 0))
  const names = warmed.map((each) => each.target).join(' ')
  const seconds = ((performance.now() - since) / 1000).toFixed(1)
  say(made.length === 0 ? `warm already: ${names} (${size})` : `warmed ${names} (${size}) in ${seconds} s`)
}
