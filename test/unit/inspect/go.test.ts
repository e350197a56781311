import { describe, expect, it } from 'vitest'
import { parseModules } from '../../../src/inspect/go/modules.js'
import { inspected, refusal } from '../../support/inspected.js'
import { madeElf, Words } from '../../support/made-elf.js'
import { suiteDirectory } from '../../support/suite.js'

const directory = suiteDirectory()
const magic = Buffer.from('\xff Go buildinf:', 'latin1')
const modules = 'path\texample.com/a\nmod\texample.com/a\tv1.2.3\th1:x=\nbuild\tGOOS=linux\nbuild\tGOARCH=arm64\n'
const framed = Buffer.concat([Buffer.alloc(16, 0x30), Buffer.from(modules), Buffer.alloc(16, 0xf9)])

/** As Go writes it since 1.18. */
function inline(version: string, text: Buffer): Buffer {
  const varint = (size: number): Buffer => Buffer.from(size < 128 ? [size] : [(size & 0x7f) | 0x80, size >> 7])
  const header = Buffer.concat([magic, Buffer.from([8, 2]), Buffer.alloc(16)])
  return Buffer.concat([header, varint(version.length), Buffer.from(version), varint(text.length), text])
}

/** As Go wrote it up to 1.17: pointers to strings, which are a pointer and a length. */
function pointers(base: number, to: Words, version: string, text: Buffer): Buffer {
  const width = to.wide ? 8 : 4
  const strings = 32 + 4 * width
  return Buffer.concat([
    ...[magic, Buffer.from([width, to.little ? 0 : 1])],
    ...[to.word(base + 32, base + 32 + 2 * width), Buffer.alloc(16 - 2 * width)],
    to.word(base + strings, version.length, base + strings + version.length, text.length),
    ...[Buffer.from(version), text],
  ])
}

const data = (bytes: Buffer): Parameters<typeof madeElf>[0] => ({
  segments: [{ type: 1, flags: 6, address: 0x500000, data: bytes }],
})
const expected = {
  path: 'example.com/a',
  module: { path: 'example.com/a', version: 'v1.2.3', sum: 'h1:x=', replace: null },
  settings: { GOOS: 'linux', GOARCH: 'arm64' },
}

describe('Go build information', () => {
  it('is read from its section', async () => {
    const file = madeElf({ sections: [{ name: '.go.buildinfo', type: 1, data: inline('go1.27.4', framed) }] })
    expect(await inspected(directory, file)).toMatchObject({
      go: { version: 'go1.27.4', ...expected },
      os: 'linux',
      arch: 'arm64',
      platformFrom: { os: 'build info', arch: 'build info' },
    })
  })

  it('is read from the data when it has no section, past what only looks like it', async () => {
    const bytes = Buffer.concat([
      Buffer.alloc(8),
      magic,
      Buffer.alloc(10),
      magic,
      Buffer.alloc(18),
      inline('go1.20', framed),
    ])
    expect(await inspected(directory, madeElf(data(bytes)))).toMatchObject({ go: { version: 'go1.20', ...expected } })
  })

  it.each([
    ['64 bits, little-endian', new Words(true, true)],
    ['64 bits, big-endian', new Words(true, false)],
    ['32 bits, little-endian', new Words(false, true)],
    ['32 bits, big-endian', new Words(false, false)],
  ])('of Go before 1.18 is read through its pointers: %s', async (_, to) => {
    const bytes = pointers(0x500000, to, 'go1.17.13', framed)
    const file = madeElf({ ...data(bytes), wide: to.wide, little: to.little })
    expect(await inspected(directory, file)).toMatchObject({ go: { version: 'go1.17.13', ...expected } })
  })

  it('without modules has a version only', async () => {
    const file = await inspected(directory, madeElf(data(inline('go1.27.4', Buffer.alloc(0)))))
    expect(file.go).toMatchObject({ version: 'go1.27.4', path: null, module: null, deps: [], settings: {} })
  })

  it('that claims more than its section holds is refused', async () => {
    const cut = inline('go1.27.4', framed).subarray(0, 80)
    const file = madeElf({ sections: [{ name: '.go.buildinfo', type: 1, data: cut }] })
    expect(await refusal(directory, file)).toMatchObject({
      code: 'FILE_DAMAGED',
      message: expect.stringContaining('Go build information is not true') as string,
    })
  })

  it('with pointers to nowhere is not believed', async () => {
    const bytes = pointers(0x900000, new Words(true, true), 'go1.17.13', framed)
    expect(await inspected(directory, madeElf(data(bytes)))).toMatchObject({ go: null })
  })
})

describe('the text of modules', () => {
  it('has dependencies, what replaces them, and quoted settings', () => {
    const text = [
      'path\tcommand-line-arguments',
      'dep\texample.com/b\tv1.0.0\th1:b=',
      'dep\texample.com/c\tv0.1.0',
      '=>\t../c\t(devel)\t',
      'build\t-ldflags="-X \'main.a=\\"\\x41\\u00e9\\"\' -s"',
      'build\t"odd key"=value=with=more',
      'build\t__proto__=x',
      'later\twhatever',
    ].join('\n')
    expect(parseModules(text)).toEqual({
      path: 'command-line-arguments',
      module: null,
      deps: [
        { path: 'example.com/b', version: 'v1.0.0', sum: 'h1:b=', replace: null },
        {
          path: 'example.com/c',
          version: 'v0.1.0',
          sum: '',
          replace: { path: '../c', version: '(devel)', sum: '', replace: null },
        },
      ],
      settings: Object.fromEntries([
        ['-ldflags', `-X 'main.a="Aé"' -s`],
        ['odd key', 'value=with=more'],
        ['__proto__', 'x'],
      ]),
    })
  })
})

describe('cgo', () => {
  /** A table of functions as Go 1.20 and later write it, of 64-bit little-endian programs. */
  function functions(...names: string[]): Buffer {
    const to = new Words(true, true)
    const text = Buffer.from(`${names.join('\0')}\0`)
    const header = Buffer.concat([to.u32(0xfffffff1), Buffer.from([0, 0, 1, 8])])
    return Buffer.concat([
      header,
      to.word(names.length, 1, 0x400000, 72, 72 + text.length, 0, 0, 0),
      text,
      Buffer.alloc(64),
    ])
  }
  const program = (...names: string[]): Buffer =>
    madeElf({
      sections: [
        { name: '.go.buildinfo', type: 1, data: inline('go1.27.4', framed) },
        { name: '.gopclntab', type: 1, data: functions('main.main', ...names) },
        { name: '.rodata', type: 1, data: Buffer.from('main._Cfunc_in_a_text net._C2func_getaddrinfo crosscall2') },
      ],
    })

  it.each([
    ['and the C library resolves', ['crosscall2', 'net.(*Resolver).lookup', 'net._C2func_getaddrinfo'], true, 'cgo'],
    ['and Go resolves', ['main._Cfunc_answer', 'net.(*Resolver).lookup'], true, 'go'],
    ['and nothing resolves', ['main._C2func_answer'], true, null],
  ])('is there by the names of functions: %s', async (_, names, linked, resolver) => {
    expect(await inspected(directory, program(...names))).toMatchObject({
      cgo: { linked, resolver, from: 'function names' },
      symbols: false,
    })
  })

  it('is not there when only a text has such a name', async () => {
    expect(await inspected(directory, program('net.(*Resolver).lookup'))).toMatchObject({
      cgo: { linked: false, resolver: 'go', from: 'function names' },
    })
  })

  it('is what the symbols say where there is no table of functions', async () => {
    const sections = [{ name: '.go.buildinfo', type: 1, data: inline('go1.27.4', framed) }]
    const table = (names: string): typeof sections => [
      ...sections,
      { name: '.symtab', type: 2, data: Buffer.alloc(24) },
      { name: '.strtab', type: 3, data: Buffer.from(names) },
    ]
    const withC = await inspected(directory, madeElf({ sections: table('\0main\0_cgo_init\0x_cgo_init\0') }))
    expect(withC.cgo).toEqual({ linked: true, resolver: null, from: 'symbols' })
    const without = await inspected(directory, madeElf({ sections: table('\0main\0_cgo_init\0') }))
    expect(without.cgo).toEqual({ linked: false, resolver: null, from: 'symbols' })
    expect((await inspected(directory, madeElf({ sections }))).cgo).toEqual({
      linked: null,
      resolver: null,
      from: null,
    })
  })
})
