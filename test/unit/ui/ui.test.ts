import { CLIError } from '@oclif/core/errors'
import { describe as group, expect, it } from 'vitest'
import { GonativeError, UnreachableError } from '../../../src/errors.js'
import { describe, render } from '../../../src/ui/failure.js'
import { bytes, table } from '../../../src/ui/table.js'

group('a failure', () => {
  it('of the user reads as advice, with its code and exit', () => {
    const failure = describe(new GonativeError('NOT_FOUND', 'no go 9.99', { exit: 'missing', hint: 'Try 1.27.' }))
    expect(failure).toEqual({ code: 'NOT_FOUND', message: 'no go 9.99', hint: 'Try 1.27.', exit: 5 })
    expect(render(failure)).toBe('gonative: no go 9.99\n  Try 1.27.\n')
  })

  it('of the network is exit 4', () => {
    expect(describe(new UnreachableError('no answer')).exit).toBe(4)
  })

  it('of oclif is wrong usage, without its colours', () => {
    const failure = describe(new CLIError('Nonexistent flag: \u001B[31m--nope\u001B[39m\nSee more help with --help'))
    expect(failure).toMatchObject({ code: 'USAGE', message: 'Nonexistent flag: --nope', exit: 2 })
  })

  it('of the disk says what to do', () => {
    const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })
    expect(describe(full)).toMatchObject({ exit: 1, hint: expect.stringContaining('disk is full') as string })
  })

  it('of ours says that it is a bug, and how to report it', () => {
    const failure = describe(new TypeError('x is undefined'))
    expect(failure).toMatchObject({ code: 'BUG', message: 'unexpected: x is undefined', exit: 1 })
    expect(failure.hint).toContain('report')
  })
})

group('a table', () => {
  it('has aligned columns, no borders, no colours and no trailing blanks', () => {
    const text = table(
      ['A', 'LONGER', 'C'],
      [
        ['xxx', 'y', ''],
        ['', 'z', 'end'],
      ],
    )
    expect(text).toBe('A    LONGER  C\nxxx  y\n     z       end')
  })

  it('knows characters that take two columns, and those that take none', () => {
    const text = table(
      ['A', 'B'],
      ['工具', 'e\u0301', '🙂', 'a\u200d'].map((cell) => [cell, '|']),
    )
    expect(text.split('\n').map((line) => line.replace(/[|B]$/, ''))).toEqual([
      'A     ',
      '工具  ',
      'e\u0301     ',
      '🙂    ',
      'a\u200d     ',
    ])
  })

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [75_846_323, '75.8 MB'],
    [4e9, '4.0 GB'],
  ])('%i bytes are %s', (count, text) => {
    expect(bytes(count)).toBe(text)
  })
})
