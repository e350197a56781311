/** `autoInstall` in config.json: what is asked for and missing is installed before it runs. */
import type { GonativeError } from '../errors.js'
import type { Session } from '../install/session.js'
import { decideHere, readSpec } from './version.js'

/**
 * Installs the version that `--go`, or else the project here, asks for.
 * @param missing what is thrown where the user has not asked for this
 * @returns the exact version
 * @throws also what an install throws
 */
export async function installMissing(
  missing: GonativeError,
  flag: string | undefined,
  session: Session,
): Promise<string> {
  const { autoInstall } = await session.config()
  const wanted = flag ?? (await decideHere({ io: session.io, layout: session.layout }))?.wanted
  if (autoInstall !== true || wanted === undefined) throw missing
  session.io.note(`${missing.message}: installing it, as autoInstall says`)
  const { install } = await import('../install/install.js')
  const spec = await readSpec(wanted, session)
  const { receipt } = await install({ spec, targets: 'default', allowUnverified: false }, session)
  return receipt.version
}
