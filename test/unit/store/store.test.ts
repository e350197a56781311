import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { readConfig, setConfig } from '../../../src/store/config.js'
import { Layout } from '../../../src/store/layout.js'
import { locksIn, tryLock } from '../../../src/store/lock.js'
import { formatManifest, parseManifest } from '../../../src/store/manifest.js'
import { memoryOf } from '../../../src/store/memory.js'
import { readReceipt } from '../../../src/store/receipt.js'
import { discard, inStaging, sweep } from '../../../src/store/staging.js'
import { temporaryDirectory } from '../../support/context.js'

let layout: Layout
const waited: string[] = []
beforeEach(async () => {
  layout = new Layout(await temporaryDirectory())
  waited.length = 0
})
const lock = () => locksIn(layout.locks, (name) => waited.push(name))

describe('a lock', () => {
  it('lets one at a time through, and tells the others once that they wait', async () => {
    let inside = 0
    let most = 0
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside)
      await sleep(1300)
      inside--
    }
    await Promise.all([lock()('go1.27.4', work), lock()('go1.27.4', work), lock()('go1.27.4', work)])
    expect(most).toBe(1)
    expect(waited).toEqual(['go1.27.4', 'go1.27.4'])
  })

  it('of one name does not hold up another, and is free again after an error', async () => {
    await lock()('a', async () => {
      expect(await lock()('b', async () => 'through')).toBe('through')
    })
    await expect(lock()('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await lock()('a', async () => 'free')).toBe('free')
    expect(waited).toEqual([])
  })
})

describe('staging', () => {
  it('is a fresh directory, gone afterwards, also after an error', async () => {
    const used = await inStaging(layout, 'x', async (directory) => {
      await writeFile(join(directory, 'f'), '')
      return directory
    })
    expect(existsSync(used)).toBe(false)
    await expect(inStaging(layout, 'x', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await readdir(layout.staging)).toEqual([])
  })

  it('left by the dead is swept; what a living process holds the lock of is not', async () => {
    await mkdir(join(layout.staging, 'go1.1~dead'), { recursive: true })
    await mkdir(join(layout.staging, 'go1.2~live'), { recursive: true })
    const held = await tryLock(layout.locks, 'go1.2')
    await sweep(layout)
    expect(await readdir(layout.staging)).toEqual(['go1.2~live'])
    await held?.release()
    await sweep(layout)
    expect(await readdir(layout.staging)).toEqual([])
  })

  it('takes what is discarded, whole, and does not mind what is not there', async () => {
    const tree = join(layout.home, 'tree')
    await mkdir(join(tree, 'deep/er'), { recursive: true })
    await discard(layout, 'x', tree)
    await discard(layout, 'x', tree)
    expect(existsSync(tree)).toBe(false)
  })
})

describe('a manifest', () => {
  it('is read back as it was written, whatever the names', () => {
    const files = [
      { path: 'bin/go', sha256: 'a'.repeat(64), size: 12, mode: 0o755 },
      { path: 'odd\tname\n"é', sha256: 'b'.repeat(64), size: 0, mode: 0o644 },
      { path: 'zz', sha256: '', size: 3, mode: 0o644, link: '../a\tb' },
    ]
    expect(parseManifest(formatManifest(files).text)).toEqual(files)
  })

  it('does not depend on the order of its files', () => {
    const [a, b] = ['a', 'b'].map((path) => ({ path, sha256: 'c'.repeat(64), size: 1, mode: 0o644 }))
    if (!a || !b) throw new Error('two files')
    expect(formatManifest([a, b])).toEqual(formatManifest([b, a]))
  })
})

describe('a receipt', () => {
  const release = { tool: 'go', version: '1.27.4' }

  it('that is missing means: not installed', async () => {
    expect(await readReceipt(layout, release)).toBeUndefined()
  })

  it.each(['', '{', '[]', '{"schema": 2}'])(
    'that is damaged or newer (%j) is an error that says what to do',
    async (text) => {
      await mkdir(layout.roomOf('go'), { recursive: true })
      await writeFile(layout.receipt(release), text)
      await expect(readReceipt(layout, release)).rejects.toMatchObject({
        code: 'RECEIPT_DAMAGED',
        hint: 'Delete it and install that version again.',
      })
    },
  )
})

describe('memory and config', () => {
  it('keep what was written last, by one owner and key', async () => {
    const memory = memoryOf(layout, 'sumdb', lock())
    expect(await memory.read('a/../b')).toBeUndefined()
    const append = (text: string) => memory.update('a/../b', (now) => (now ?? '') + text)
    await Promise.all(['x', 'y', 'z'].map(append))
    expect((await memory.read('a/../b'))?.split('').sort()).toEqual(['x', 'y', 'z'])
    expect(await memoryOf(layout, 'other', lock()).read('a/../b')).toBeUndefined()
  })

  it('a default that is set is read, and one that is taken away is gone', async () => {
    expect(await readConfig(layout)).toEqual({})
    await setConfig(layout, 'default', '1.27.4')
    expect(await readConfig(layout)).toEqual({ default: '1.27.4' })
    await setConfig(layout, 'default', undefined)
    expect(await readConfig(layout)).toEqual({})
  })

  it('what else is in a config stays when a choice is written, and so does a link to where the user keeps it', async () => {
    const kept = join(await temporaryDirectory(), 'mine.json')
    await writeFile(kept, '{ "mirrors": ["/m"], "mine": 1 }')
    await symlink(kept, join(layout.home, 'config.json'))
    await setConfig(layout, 'default', '1.27.4')
    expect(JSON.parse(await readFile(kept, 'utf8'))).toEqual({ mirrors: ['/m'], mine: 1, default: '1.27.4' })
    expect(await readdir(layout.home)).toEqual(['config.json'])
  })

  it('a config that is no JSON is an error, and left as it is', async () => {
    const file = join(layout.home, 'config.json')
    await writeFile(file, '{ "default": ')
    await expect(readConfig(layout)).rejects.toThrow(SyntaxError)
    await expect(setConfig(layout, 'default', '1.27.4')).rejects.toThrow(SyntaxError)
    expect(await readFile(file, 'utf8')).toBe('{ "default": ')
  })
})
