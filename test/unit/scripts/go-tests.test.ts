import { describe, expect, it } from 'vitest'
import { readEvents } from '../../../scripts/go-tests/events.mjs'
import { judge } from '../../../scripts/go-tests/judge.mjs'
import { explains, knownFailures, knownFor, skipPattern, type Known } from '../../../scripts/go-tests/known.mjs'
import { more, packages, targets } from '../../../scripts/go-tests/packages.mjs'

const lines = (...events: object[]): string => events.map((event) => JSON.stringify(event)).join('\n')
const row = (test: string, more: Partial<Known> = {}): Known => ({
  package: 'net',
  test,
  targets: ['linux/arm64'],
  reason: 'the emulator has none',
  evidence: 'gcc fails too',
  ...more,
})
const ended = (Test: string, Action: string): object => ({ Package: 'net', Test, Action })
const fails = lines(
  ended('TestA', 'run'),
  { Test: 'TestA', Action: 'output', Output: 'why\n' },
  ended('TestA', 'fail'),
  ended('TestB', 'pass'),
  ended('TestC', 'skip'),
  { Package: 'net', Action: 'fail' },
)

describe("Go's own tests", () => {
  it('a case that fails and is not known is a failure, with its output', () => {
    const result = judge(readEvents(fails), [])
    expect(result).toMatchObject({ passed: 1, failed: 1, known: 0, skipped: 1 })
    expect(result.notes.join('\n')).toMatch(/FAILED TestA\n {4}why/)
  })

  it('a case that is known to fail is counted as that, and so is the one that it is part of', () => {
    expect(judge(readEvents(fails), [row('TestA')])).toMatchObject({ failed: 0, known: 1, notes: [] })
    expect(judge(readEvents(fails), [row('TestA/part')])).toMatchObject({ failed: 0, known: 1 })
    expect(explains([row('TestA')], 'TestAB')).toBeUndefined()
  })

  it('one that is known to fail and passes is a failure, unless it passes at times', () => {
    const run = readEvents(lines(ended('TestB', 'pass'), { Action: 'pass' }))
    const news = judge(run, [row('TestB')])
    expect(news.failed).toBe(1)
    expect(news.notes[0]).toContain('TestB is known to fail, and passed')
    expect(judge(run, [row('TestB', { sometimes: true })]).failed).toBe(0)
  })

  it('a package that does not build, or whose program dies, fails', () => {
    const unbuilt = readEvents(
      lines({ Action: 'build-output', Output: 'ld: no\n' }, { Package: 'net', Action: 'fail' }),
    )
    expect(judge(unbuilt, [])).toMatchObject({ failed: 1, notes: ['FAILED as a whole\n    ld: no'] })
    const died = readEvents(lines(ended('TestA', 'run'), { Package: 'net', Action: 'fail' }))
    expect(judge(died, [])).toMatchObject({ failed: 1 })
    expect(judge(readEvents('go: not found'), [])).toMatchObject({ passed: 0, failed: 1 })
  })

  it('what would take the others down is left out, and known', () => {
    const crash = row('TestA/part', { crashes: true })
    expect(skipPattern([crash, row('TestB')])).toEqual(['-skip', '^TestA$/^part$'])
    expect(skipPattern([])).toEqual([])
    expect(judge(readEvents(lines(ended('TestB', 'pass'), { Action: 'pass' })), [crash])).toMatchObject({
      passed: 1,
      failed: 0,
      known: 1,
    })
  })

  it('rows hold for their package and targets alone', () => {
    expect(knownFor('net', 'linux/arm64', [row('TestA')])).toHaveLength(1)
    expect(knownFor('net', 'linux/amd64', [row('TestA')])).toEqual([])
    expect(knownFor('os/user', 'linux/arm64', [row('TestA')])).toEqual([])
  })

  it('every known failure is for something that is run, with a reason and evidence', () => {
    const names = targets.map(({ name }) => name)
    for (const known of knownFailures()) {
      expect([...packages, ...more].map(({ name }) => name)).toContain(known.package)
      for (const target of known.targets) expect(names).toContain(target)
      expect(known.reason.length).toBeGreaterThan(20)
      expect(known.evidence.length).toBeGreaterThan(20)
    }
  })
})
