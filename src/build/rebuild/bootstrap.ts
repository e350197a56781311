/** The Go that compiles the rebuilt one. */
import { GonativeError } from '../../errors.js'
import { ensure } from '../../install/ensure.js'
import { locate } from '../../install/locate.js'
import type { Session } from '../../install/session.js'
import { toolchainOf } from '../../store/installed.js'
import { findAtHand, soundChain } from '../at-hand.js'

export interface Bootstrap {
  version: string
  /** Its GOROOT. */
  path: string
}

/**
 * The newest at hand that can compile a version, else a published one, which is installed for it.
 * @throws GonativeError NO_BOOTSTRAP (exit 5), and what installing throws
 */
export async function bootstrapFor(version: string, session: Session): Promise<Bootstrap> {
  const atHand = await findAtHand(session, false)
  const given = { atHand, fromC: false, mayInstall: true, host: session.io.host }
  const { steps } = await soundChain(version, given, session)
  const [first] = steps
  if (first?.do === 'have') return first
  const wanted = first?.version ?? version
  const { located } = first?.do === 'install' ? await locate({ tool: 'go', version: wanted }, session) : {}
  if (!located) {
    throw new GonativeError('NO_BOOTSTRAP', `go ${version} takes a Go to compile it, and go ${wanted} can't be had`, {
      exit: 'missing',
      hint: `Build one from source: gonative install --from-source ${wanted}`,
    })
  }
  const { receipt, made } = await ensure(located, session, { allowUnverified: false })
  if (made) session.report.note(`installed go ${receipt.version} from ${receipt.source}, to compile with`)
  return toolchainOf(session.layout, receipt)
}
