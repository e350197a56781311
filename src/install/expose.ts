/** Expose: makes what the shims read agree with the receipts and config.json. Can be run again at any time. */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAliases } from '../launch/aliases.js'
import { formatEnv } from '../launch/env-files.js'
import { changedFile } from '../launch/on-cd.js'
import { writeShims } from '../launch/shims.js'
import { readConfig, setConfig } from '../store/config.js'
import { installedGoVersions, installedReceipts } from '../store/installed.js'
import type { Layout } from '../store/layout.js'
import { releaseOf } from '../store/linked.js'
import { platformOf, replaceFile, type Receipt } from '../store/receipt.js'
import { compareVersions, parseVersion } from '../version/version.js'
import type { Session } from './session.js'

/**
 * Writes shims, alias links, env files and the default.
 * @param options.defaultIfNone the version that becomes the default when there is none: the first to be installed.
 */
export async function expose(session: Session, options: { defaultIfNone?: string } = {}): Promise<void> {
  const { layout, lock } = session
  await lock('shims', async () => {
    const installed = await installedGoVersions(layout)
    await mkdir(join(layout.home, 'env'), { recursive: true })
    await writeShims(layout, session.self, session.io.host)
    await writeAliases(layout, installed)
    for (const receipt of await installedReceipts(layout, 'go')) await writeEnvFiles(layout, receipt)
    await exposeDefault(session, installed, options.defaultIfNone)
    await replaceFile(changedFile(layout), `${randomUUID()}\n`)
  })
}

/** `env/default` for the shims, from config.json; a default that is no longer installed is dropped. */
async function exposeDefault({ layout }: Session, installed: string[], ifNone: string | undefined): Promise<void> {
  const before = (await readConfig(layout)).default
  const now = before !== undefined && installed.includes(before) ? before : ifNone
  if (now !== before) await setConfig(layout, 'default', now)
  const file = join(layout.home, 'env', 'default')
  if (now === undefined) await rm(file, { force: true })
  else await replaceFile(file, `${now}\n`)
}

async function writeEnvFiles(layout: Layout, receipt: Receipt): Promise<void> {
  const directory = layout.env(receipt)
  const wanted = new Map(receipt.grafts.map((graft) => [platformOf(graft).replace('/', '-'), graft.env]))
  const { version } = await releaseOf(layout, receipt)
  if (needsGoroot(version)) wanted.set('toolchain', { GOROOT: layout.toolchain(receipt) })
  await mkdir(directory, { recursive: true })
  for (const [name, env] of wanted) await replaceFile(join(directory, name), formatEnv(env))
  const stale = (await readdir(directory)).filter((name) => !wanted.has(name))
  await Promise.all(stale.map((name) => rm(join(directory, name), { force: true })))
}

/** Before 1.9 the go command does not find its own root from where it is (go.dev/doc/go1.9#goroot). */
function needsGoroot(version: string): boolean {
  const [parsed, first] = [parseVersion(version), parseVersion('1.9beta1')]
  return parsed !== undefined && first !== undefined && compareVersions(parsed, first) < 0
}
