/** Mend: ends what a killed process had begun, before anything else is done with the store. */
import { readdir } from 'node:fs/promises'
import { mendLaid } from '../store/laid.js'
import { Layout } from '../store/layout.js'
import { readReceipt } from '../store/receipt.js'
import { sweep } from '../store/staging.js'
import type { Session } from './session.js'

/** Clears staging, and takes half-laid grafts out of toolchains again. Waits for no one but who is laying grafts now. */
export async function mend({ layout, lock }: Session): Promise<void> {
  await sweep(layout)
  const journals = (await readdir(layout.roomOf('go')).catch(() => [])).filter((name) => name.endsWith('.laying'))
  for (const journal of journals) {
    const release = { tool: 'go', version: journal.slice('go'.length, -'.laying'.length) }
    await lock(Layout.nameOf(release), async () => {
      const receipt = await readReceipt(layout, release)
      if (receipt) await mendLaid(layout, receipt)
    })
  }
}
