/** Distributions that a plan takes parts over from: located for their host, verified as toolchains are, and unpacked in part. */
import { join } from 'node:path'
import type { Distribution, Plan } from '../../contract/index.js'
import type { DistributionReceipt } from '../../store/receipt.js'
import { takeArchive } from '../archive.js'
import { discard } from '../fetch.js'
import { locate, notLocated } from '../locate.js'
import { downloadsOf, type Session } from '../session.js'
import { loadVerifiers } from '../verify.js'

export interface TakenDistribution {
  /** With what was kept of it. */
  directory: string
  receipt: DistributionReceipt
  downloads: string[]
}

/**
 * Unpacks what a plan wants of each of its distributions, in directories under `staging`.
 * @throws GonativeError with exit 4 or 5 when one can't be had, 3 when it is refused
 */
export async function takeDistributions(
  plan: Plan,
  staging: string,
  session: Session,
  allowUnverified: boolean,
): Promise<TakenDistribution[]> {
  const taken: TakenDistribution[] = []
  for (const distribution of plan.distributions ?? []) {
    const directory = join(staging, `distribution-${taken.length}`)
    taken.push(await take(distribution, directory, session, allowUnverified))
  }
  return taken
}

/** A graft has what it wants of them. Only now: a process killed before this finds its downloads whole when it comes back. */
export async function discardDownloads(taken: TakenDistribution[], session: Session): Promise<void> {
  if (downloadsOf(session).keep) return
  await Promise.all(taken.flatMap(({ downloads }) => downloads.map((path) => discard(path))))
}

async function take(
  { release: { tool, version }, host, keep, unpublished }: Distribution,
  directory: string,
  session: Session,
  allowUnverified: boolean,
): Promise<TakenDistribution> {
  const { located, tried } = await locate({ tool, version }, session, { host })
  if (!located) throw notLocated(`${tool} ${version} for ${host.os}/${host.arch}`, tried, unpublished)
  const taking = { session, verifiers: await loadVerifiers(session), allowUnverified, keep }
  const receipt: DistributionReceipt = { tool, version, host, source: located.source, archives: [] }
  const downloads: string[] = []
  for (const archive of located.archives) {
    const taken = await takeArchive(archive, located, directory, taking)
    receipt.archives.push(taken.receipt)
    downloads.push(taken.download)
  }
  return { directory, receipt, downloads }
}
