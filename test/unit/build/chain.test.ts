import { describe, expect, it } from 'vitest'
import { bootstrapOf, leastIn, publishedFor } from '../../../src/build/bootstraps.js'
import { chainTo, type AtHand, type Given, type Step } from '../../../src/build/chain.js'

const host = { os: 'linux', arch: 'amd64' }

function at(version: string, more: Partial<AtHand> = {}): AtHand {
  return { version, path: `/store/go${version}`, fromC: false, kept: false, doubtful: false, ...more }
}

/** `have 1.20.14, build 1.22.12 by 1.20.14` */
function planOf(version: string, given: Partial<Given> = {}): string {
  const steps = chainTo(version, { atHand: [], fromC: false, mayInstall: true, host, ...given })
  return steps.map(inWords).join(', ')
}

function inWords(step: Step): string {
  return `${step.do} ${step.version}${step.do === 'build' ? ` by ${step.by}` : ''}`
}

describe('the chain of compilers', () => {
  it('from C takes every step that cmd/dist asks for, and nothing that is at hand', () => {
    const atHand = [at('1.20.14'), at('1.21.13', { kept: true })]
    expect(planOf('1.27.4', { fromC: true, atHand })).toBe(
      'build 1.4.3 by C, build 1.17.13 by 1.4.3, build 1.20.14 by 1.17.13, build 1.22.12 by 1.20.14, ' +
        'build 1.24.13 by 1.22.12, build 1.27.4 by 1.24.13',
    )
  })

  it('from C goes on from the newest that such a chain has built, kept or installed', () => {
    const atHand = [at('1.4.3', { fromC: true, kept: true }), at('1.17.13', { fromC: true, kept: true })]
    expect(planOf('1.22.12', { fromC: true, atHand })).toBe(
      'have 1.17.13, build 1.20.14 by 1.17.13, build 1.22.12 by 1.20.14',
    )
    expect(planOf('1.22.12', { fromC: true, atHand: [...atHand, at('1.21.13', { fromC: true })] })).toBe(
      'have 1.21.13, build 1.22.12 by 1.21.13',
    )
  })

  it('takes the newest at hand that can compile it, an installed one before a kept one', () => {
    expect(planOf('1.22.12', { atHand: [at('1.20.6'), at('1.21.3'), at('1.19.13')] })).toBe(
      'have 1.21.3, build 1.22.12 by 1.21.3',
    )
    const [have] = chainTo('1.22.12', {
      ...{
        atHand: [at('1.20.14'), at('1.20.14', { kept: true, path: '/kept' })],
        fromC: false,
        mayInstall: true,
        host,
      },
    })
    expect(have).toMatchObject({ do: 'have', kept: false })
  })

  it('installs a published one where none at hand will do, or climbs when none can be had', () => {
    const atHand = [at('1.17.13'), at('1.20.5')]
    expect(planOf('1.22.12', { atHand })).toBe('install 1.20.14, build 1.22.12 by 1.20.14')
    expect(planOf('1.22.12', { atHand, mayInstall: false })).toBe(
      'have 1.20.5, build 1.20.14 by 1.20.5, build 1.22.12 by 1.20.14',
    )
  })

  it('compiles nothing up to 1.19 by what is newer than it', () => {
    expect(planOf('1.5.4', { atHand: [at('1.17.13')] })).toBe('install 1.4.3, build 1.5.4 by 1.4.3')
    expect(planOf('1.18.10', { atHand: [at('1.17.13'), at('1.19.13')] })).toBe('have 1.17.13, build 1.18.10 by 1.17.13')
  })

  it('compiles 1.4 and before from C, whatever is at hand', () => {
    expect(planOf('1.4.2', { atHand: [at('1.27.4')] })).toBe('build 1.4.2 by C')
    expect(planOf('1.2.2', { fromC: true })).toBe('build 1.2.2 by C')
  })

  it('installs what runs here where the usual step does not, and has no chain from C there', () => {
    const arm64 = { os: 'linux', arch: 'arm64' }
    expect(planOf('1.16.15', { host: arm64 })).toBe('install 1.15.15, build 1.16.15 by 1.15.15')
    expect(() => planOf('1.22.12', { host: arm64, fromC: true })).toThrow('does not run on linux/arm64')
  })
})

describe('what compiles a version', () => {
  it.each([
    ['1.4.3', undefined],
    ['1.5', '1.4'],
    ['1.19.13', '1.4'],
    ['1.20', '1.17.13'],
    ['1.21.0', '1.17.13'],
    ['1.22rc1', '1.20.6'],
    ['1.23.12', '1.20.6'],
    ['1.25.1', '1.22.6'],
    ['1.27.4', '1.24.6'],
    ['1.28.0', '1.26.0'],
    ['1.29.3', '1.26.0'],
  ])('go %s is compiled by go %s or later', (version, least) => {
    expect(bootstrapOf(version)?.least).toBe(least)
  })

  it('is read from the source itself as well', () => {
    expect(leastIn('package main\n\nconst minBootstrap = "go1.24.6"\n')).toBe('1.24.6')
    expect(leastIn('package main\n')).toBeUndefined()
  })

  it('may be published: the step first, then newer ones, none too new', () => {
    expect(publishedFor('1.22.12')).toEqual(['1.20.14', '1.21.13'])
    expect(publishedFor('1.7.6')).toEqual(['1.4.3', '1.6.4', '1.5.4'])
    expect(publishedFor('1.4.3')).toEqual([])
  })
})
