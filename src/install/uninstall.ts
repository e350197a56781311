/** Uninstall: a toolchain goes, receipt first, and with it what only it used: grafts, and compilers under them. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Release } from '../contract/index.js'
import { GonativeError } from '../errors.js'
import { installedReceipts } from '../store/installed.js'
import { Layout } from '../store/layout.js'
import { readReceipt, removeReceipt, type Receipt } from '../store/receipt.js'
import { discard } from '../store/staging.js'
import { expose } from './expose.js'
import { graftsLock } from './graft/apply.js'
import { dropOrphanedCaches } from './orphans.js'
import type { Session } from './session.js'

/** Removes an installed release. @returns what went. @throws GonativeError NOT_INSTALLED (exit 5). */
export async function uninstall(
  release: Release,
  session: Session,
): Promise<{ receipt: Receipt; collected: string[] }> {
  const { layout, lock } = session
  const name = Layout.nameOf(release)
  const receipt = await lock(name, async () => {
    const found = await readReceipt(layout, release)
    if (!found) throw notInstalled(release)
    await removeToolchain(layout, release)
    return found
  })
  await rm(layout.env(release), { recursive: true, force: true })
  const collected = await collectUnused(session)
  await expose(session)
  return { receipt, collected }
}

/** Removes grafts that no toolchain has, and compilers that no graft is built with. @returns their names. */
export async function collectUnused({ layout, lock }: Session): Promise<string[]> {
  return lock(graftsLock, async () => {
    const grafts = (await installedReceipts(layout, 'go')).flatMap((receipt) => receipt.grafts)
    const ids = new Set(grafts.map((graft) => graft.id))
    const compilers = new Set(grafts.flatMap((graft) => graft.needs.map((need) => Layout.nameOf(need))))
    const collected: string[] = []
    for (const id of await readdir(join(layout.home, 'grafts')).catch(() => [])) {
      if (ids.has(id)) continue
      await discard(layout, graftsLock, layout.graft(id))
      collected.push(id)
    }
    for (const receipt of await installedReceipts(layout, 'compilers')) {
      const name = Layout.nameOf(receipt)
      if (compilers.has(name)) continue
      await lock(name, () => removeToolchain(layout, receipt))
      collected.push(name)
    }
    await dropOrphanedCaches(layout)
    return collected
  })
}

/** The receipt first: from then on the toolchain does not exist, whatever happens to the rest. The caller holds the lock `name`. */
export async function removeToolchain(layout: Layout, release: Release, name = Layout.nameOf(release)): Promise<void> {
  await removeReceipt(layout, release)
  await discard(layout, name, layout.toolchain(release))
  await rm(layout.manifest(release), { force: true })
  await rm(layout.laying(release), { force: true })
}

export function notInstalled(release: Release): GonativeError {
  return new GonativeError('NOT_INSTALLED', `${release.tool} ${release.version} is not installed`, {
    exit: 'missing',
    hint: `'gonative list' shows what is; 'gonative install ${release.version}' installs it.`,
  })
}
