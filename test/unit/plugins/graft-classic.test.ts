import { describe, expect, it } from 'vitest'
import { commandOf } from '../../../plugins/graft-target-compilers/src/compiler.js'
import compilers from '../../../plugins/graft-target-compilers/src/strategy.js'
import files from '../../../plugins/graft-z-files/src/strategy.js'
import type { Plan, Refusal } from '../../../src/contract/index.js'
import { withParts, type Answer } from '../../../src/install/graft/parts.js'
import { parseTarget } from '../../../src/target/target.js'

const host = { os: 'linux', arch: 'amd64' }
const release = (version: string) => ({ tool: 'go', version })

describe('the plan of target-compilers', () => {
  const plan = (target: string, version: string, cc?: string): Plan | Refusal =>
    compilers.plan(release(version), parseTarget(target), host, { cc })

  it('needs nothing where there is a C compiler, and zig where there is none', () => {
    expect(plan('linux/arm', '1.4.3', 'gcc')).toMatchObject({ needs: [] })
    expect(plan('linux/arm', '1.4.3')).toMatchObject({ needs: [{ tool: 'zig' }] })
  })

  it.each([
    ['linux/386', '1.5.4', 'one compiler for all machines'],
    ['darwin/amd64', '1.4.3', "the toolchain's own compilers are for amd64"],
    ['linux/arm64', '1.4.3', 'no compilers for arm64'],
  ])('refuses %s of Go %s: %s', (target, version, reason) => {
    expect(plan(target, version, 'gcc')).toMatchObject({ refused: expect.stringContaining(reason) as string })
  })

  it('has no space in any word of its command, for cmd/dist splits CC at them', () => {
    for (const found of [{ cc: 'gcc' }, { cc: undefined }]) {
      for (const word of commandOf(found, host)) expect(word).not.toContain(' ')
    }
    expect(commandOf({ cc: undefined }, host)).toContain('-fno-sanitize=undefined')
  })
})

describe('the plan of z-files', () => {
  it.each([
    ['1.2.2', 'src/pkg/runtime/z*'],
    ['1.3.3', 'src/pkg/runtime/z*'],
    ['1.4.3', 'src/runtime/z*'],
  ])('takes of a Go %s %s', (version, glob) => {
    const answer = files.plan(release(version), parseTarget('windows/386'), host)
    expect(answer).toMatchObject({ distributions: [{ keep: ['VERSION', glob] }] })
  })

  it('is not for Go 1.5, nor for the host', () => {
    expect(files.plan(release('1.5.4'), parseTarget('windows/386'), host)).toHaveProperty('refused')
    expect(files.plan(release('1.4.3'), parseTarget('linux/amd64'), host)).toHaveProperty('refused')
  })
})

describe('a plan that comes after others', () => {
  const offer = (id: string) => ({ id, plugin: 'a plugin', load: () => Promise.reject(new Error('not here')) })
  const target = { goos: 'linux', goarch: '386' }
  const distribution = { release: release('1.4.3'), host: { os: 'linux', arch: '386' } }
  const part = (id: string, plan: Partial<Plan>) => ({
    offer: offer(id),
    strategy: files,
    plan: { name: id, target, needs: [], ...plan },
  })
  const own = part('whole', {
    after: ['first', 'second'],
    distributions: [{ ...distribution, keep: ['pkg/**', 'VERSION'], unpublished: 'never made' }],
  })
  const answers: Record<string, Answer> = {
    first: part('first', { needs: [{ tool: 'zig', versions: ['0.17.0'] }] }),
    second: part('second', { distributions: [{ ...distribution, keep: ['VERSION', 'src/runtime/z*'] }] }),
  }

  it('needs what they need, and each distribution once, with all that is kept of it', async () => {
    const planned = await withParts(own, (id) => Promise.resolve(answers[id]))
    expect(planned).toMatchObject({
      parts: [{ offer: { id: 'first' } }, { offer: { id: 'second' } }, { offer: { id: 'whole' } }],
      plan: {
        needs: [{ tool: 'zig' }],
        distributions: [{ keep: ['VERSION', 'src/runtime/z*', 'pkg/**'], unpublished: 'never made' }],
      },
    })
    expect('plan' in planned && planned.plan.distributions).toHaveLength(1)
  })

  it('is refused with the reason of one of them, and when one of them is not there', async () => {
    const refusing = { ...answers, second: { offer: offer('second'), refused: 'not today' } }
    const refused = await withParts(own, (id) => Promise.resolve(id === 'first' ? answers.first : refusing.second))
    expect(refused).toMatchObject({ offer: { id: 'whole' }, refused: 'second: not today' })
    const absent = await withParts(own, () => Promise.resolve(undefined))
    expect(absent).toMatchObject({ refused: 'it needs the strategy first, which no plugin offers' })
  })

  it('does not come after one that comes after another', async () => {
    const nested = part('first', { after: ['second'] })
    await expect(withParts(own, () => Promise.resolve(nested))).rejects.toThrow(
      'first itself comes after others: second',
    )
  })
})
