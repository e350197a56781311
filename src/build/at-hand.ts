/** The Gos that are there to compile others: installed toolchains, and builds that were kept. */
import type { Session } from '../install/session.js'
import { installedReceipts } from '../store/installed.js'
import { KeptLayout, origins, type Origin } from '../store/kept.js'
import { compareTree } from '../store/compare.js'
import { readReceipt, type Receipt } from '../store/receipt.js'
import { parseVersion } from '../version/version.js'
import { chainTo, type AtHand, type Given, type Step } from './chain.js'

/** Those that may be run: not what is linked, which nobody verified, nor what nothing vouches for unless that is allowed. */
export async function findAtHand({ layout }: Session, allowUnverified: boolean): Promise<AtHand[]> {
  const rooms = [
    { room: layout, kept: false },
    ...origins.map((origin) => ({ room: new KeptLayout(layout.home, origin), kept: true })),
  ]
  const all = await Promise.all(
    rooms.map(async ({ room, kept }) =>
      (await installedReceipts(room, 'go'))
        .filter((receipt) => mayRun(receipt, allowUnverified))
        .map(({ version, built, verified }) => {
          const path = room.toolchain({ tool: 'go', version })
          return { version, path, fromC: built?.fromC ?? false, kept, doubtful: verified.length === 0 }
        }),
    ),
  )
  return all.flat()
}

function mayRun({ version, linked, verified }: Receipt, allowUnverified: boolean): boolean {
  return linked === undefined && parseVersion(version) !== undefined && (allowUnverified || verified.length > 0)
}

/** The chain without kept builds that are damaged, and what it was made from then. @throws what chainTo throws */
export async function soundChain(
  version: string,
  given: Given,
  session: Session,
): Promise<{ steps: Step[]; given: Given }> {
  const steps = chainTo(version, given)
  const [first] = steps // nothing at hand is used further on
  if (first?.do !== 'have' || !first.kept || (await isWhole(first, session))) return { steps, given }
  session.report.note(`the kept build of go ${first.version} is damaged, and left out`)
  const others = given.atHand.filter(({ path }) => path !== first.path)
  return soundChain(version, { ...given, atHand: others }, session)
}

/** Whether a kept build is still what was built: it lies in a cache, where anybody may have deleted half of it. */
async function isWhole({ version, fromC }: AtHand, { layout, report }: Session): Promise<boolean> {
  const room = new KeptLayout(layout.home, originOf(fromC))
  const receipt = await readReceipt(room, { tool: 'go', version })
  if (!receipt) return false
  const reading = report.start(`check the kept build of go ${version}`, 'files')
  const progress = (done: number, total: number): void => reading.update(done, total)
  const differences = await compareTree(room, receipt, progress).finally(() => reading.end())
  return differences.length === 0
}

export function originOf(fromC: boolean): Origin {
  return fromC ? 'from-c' : 'from-go'
}
