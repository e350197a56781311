import { link, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { goCacheEntries, shareGoCache } from '../../../src/warm/go-cache.js'
import { temporaryDirectory } from '../../support/context.js'

const action = `ab${'0'.repeat(62)}-a`
const output = `cd${'1'.repeat(62)}-d`

let from: string
let to: string
beforeEach(async () => {
  const base = await temporaryDirectory()
  from = join(base, `it's "one" $cache`)
  to = join(base, 'other')
  await mkdir(join(from, 'ab'), { recursive: true })
  await mkdir(join(from, 'cd'))
  await writeFile(join(from, 'ab', action), 'v1 …')
  await writeFile(join(from, 'cd', output), 'an archive')
})

describe("the go command's build cache", () => {
  it('has entries, and files that are none', async () => {
    await writeFile(join(from, 'README'), 'about')
    await writeFile(join(from, 'trim.txt'), '1')
    await writeFile(join(from, 'ab', 'ab12-a'), 'too short')
    await writeFile(join(from, 'ab', output), 'in the wrong folder')
    expect(await goCacheEntries(from)).toEqual([`ab/${action}`, `cd/${output}`])
    expect(await goCacheEntries(join(from, 'missing'))).toEqual([])
  })

  it('shares outputs by hard links and copies actions, which the go command writes in place', async () => {
    expect(await shareGoCache(from, await goCacheEntries(from), to)).toBe(2)
    const inode = async (path: string) => (await stat(path)).ino
    expect(await inode(join(to, 'cd', output))).toBe(await inode(join(from, 'cd', output)))
    expect(await inode(join(to, 'ab', action))).not.toBe(await inode(join(from, 'ab', action)))
    await writeFile(join(to, 'ab', action), 'v1 changed')
    expect(await readFile(join(from, 'ab', action), 'utf8')).toBe('v1 …')
  })

  it('leaves what is there already, and completes the rest', async () => {
    await mkdir(join(to, 'cd'), { recursive: true })
    await link(join(from, 'cd', output), join(to, 'cd', output))
    expect(await shareGoCache(from, await goCacheEntries(from), to)).toBe(1)
    expect(await shareGoCache(from, await goCacheEntries(from), to)).toBe(0)
  })
})
