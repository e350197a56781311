/** Small texts that outlive the process, one directory an owner: the tree heads that were seen, for instance. */
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Memory } from '../contract/index.js'
import { isSystemError } from '../errors.js'
import type { Layout } from './layout.js'
import type { Lock } from './lock.js'
import { replaceFile } from './receipt.js'

/** The memory of one owner (a plugin's offer, by id). Names may hold any character. */
export function memoryOf(layout: Layout, owner: string, lock: Lock): Memory {
  const directory = join(layout.memory, encodeURIComponent(owner))
  const read = async (name: string): Promise<string | undefined> => {
    try {
      return await readFile(join(directory, encodeURIComponent(name)), 'utf8')
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return undefined
      throw error
    }
  }
  return {
    read,
    async update(name, change) {
      await mkdir(directory, { recursive: true })
      await lock(`memory-${encodeURIComponent(owner)}`, async () => {
        const before = await read(name)
        const after = await change(before)
        if (after !== before) await replaceFile(join(directory, encodeURIComponent(name)), after)
      })
    },
  }
}
