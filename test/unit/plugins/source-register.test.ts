import { expect, test } from 'vitest'
import index from '../../../plugins/source-go-index/src/register.js'
import proxy from '../../../plugins/source-goproxy/src/register.js'
import mirror from '../../../plugins/source-mirror/src/register.js'
import zig from '../../../plugins/source-zig/src/register.js'
import { apiVersion } from '../../../src/contract/index.js'
import type { Descriptor } from '../../../src/contract/index.js'

test('the sources register in the order in which they are to be asked, and load as sources', async () => {
  const descriptors: Descriptor[] = []
  for (const register of [index, proxy, mirror, zig]) descriptors.push(...(await register({ apiVersion })))
  descriptors.sort((a, b) => a.priority - b.priority)
  expect(descriptors.map(({ id }) => id)).toEqual(['mirror', 'goproxy', 'go-index', 'zig-index', 'zig-pypi', 'zig-npm'])
  for (const descriptor of descriptors) expect((await descriptor.load()).default).toHaveProperty('locate')
})
