/** Finds what other version managers have installed. Reads only. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { goVersionAt, isProgram } from '../../store/linked.js'
import { orderVersions, parsePin, select } from '../../version/spec.js'
import { managers, type Home, type Manager } from './managers.js'

export interface Found {
  manager: Manager['id']
  /** As its VERSION file has it: exact. */
  version: string
  /** The GOROOT. */
  directory: string
  /** Whether it is what the manager has for the user everywhere. */
  chosen: boolean
  /** Files in it that the manager put there. */
  own: readonly string[]
}

/**
 * What is installed, by manager; of each the chosen version first, then newest first. Links (mise has one for every line)
 * and what is no whole release (a checkout, an aborted install) are left out.
 */
export async function findInstalled(home: Home): Promise<Found[]> {
  return (await Promise.all(managers.map((manager) => ofManager(manager, home)))).flat()
}

async function ofManager(manager: Manager, home: Home): Promise<Found[]> {
  const rooms = await Promise.all(manager.rooms(home).map((room) => inRoom(room, manager.within)))
  const found = new Map(rooms.flat().map((each) => [each.version, each.directory]))
  const versions = orderVersions('go', [...found.keys()]).reverse()
  const choice = await manager.choice(home)
  const pin = choice === undefined ? undefined : parsePin(choice)
  const chosen = pin && select(pin, versions)
  const first = versions.filter((version) => version === chosen)
  return [...first, ...versions.filter((version) => version !== chosen)].map((version) => ({
    manager: manager.id,
    version,
    directory: found.get(version) ?? '',
    chosen: version === chosen,
    own: manager.own ?? [],
  }))
}

async function inRoom(room: string, within = '.'): Promise<{ version: string; directory: string }[]> {
  const entries = await readdir(room, { withFileTypes: true }).catch(() => [])
  const directories = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(room, name, within))
  const found = await Promise.all(
    directories.map(async (directory) => {
      const version = (await isProgram(join(directory, 'bin', 'go'))) ? await goVersionAt(directory) : undefined
      return version !== undefined && parsePin(version)?.kind === 'exact' ? [{ version, directory }] : []
    }),
  )
  return found.flat()
}
