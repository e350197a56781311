import { describe, expect, it } from 'vitest'
import { inspected, refusal } from '../../support/inspected.js'
import { madeElf, Words, type MadeElf } from '../../support/made-elf.js'
import { suiteDirectory } from '../../support/suite.js'

const directory = suiteDirectory()

/** Build attributes of the whole file. */
function attributes(vendor: string, tags: number[], little = true): Buffer {
  const to = new Words(false, little)
  const file = Buffer.concat([Buffer.from([1]), to.u32(5 + tags.length), Buffer.from(tags)])
  const name = Buffer.from(`${vendor}\0`)
  return Buffer.concat([Buffer.from('A'), to.u32(4 + name.length + file.length), name, file])
}

const section = (name: string, data: Buffer): MadeElf => ({ sections: [{ name, type: 0x70000003, data }] })
const arm = (...tags: number[]): MadeElf => section('.ARM.attributes', attributes('aeabi', tags))
/** .MIPS.abiflags with an FP ABI. */
const mips = (float: number): MadeElf =>
  section('.MIPS.abiflags', Buffer.from([0, 0, 32, 2, 1, 1, 0, float, ...Array<number>(16).fill(0)]))

interface Case extends MadeElf {
  is: object
}

const cases: [string, Case][] = [
  [
    'ARM v7-A, hard float, VFPv3-D16',
    {
      machine: 40,
      wide: false,
      flags: 0x05000400,
      ...arm(6, 10, 7, 0x41, 10, 4, 28, 1),
      is: { name: 'eabi5', float: 'hard', cpu: 'v7-a', flags: ['vfpv3-d16'] },
    },
  ],
  [
    'ARM v5TE, soft float, with the name of a processor before it',
    {
      machine: 40,
      wide: false,
      flags: 0x05000200,
      ...arm(5, 0x35, 0x54, 0, 6, 4, 9, 1),
      is: { name: 'eabi5', float: 'soft', cpu: 'v5te', flags: ['thumb'] },
    },
  ],
  [
    'ARM without attributes',
    { machine: 40, wide: false, flags: 0x05000000, is: { name: 'eabi5', float: null, cpu: null } },
  ],
  [
    'MIPS o32 with a hard float ABI',
    { machine: 8, wide: false, flags: 0x70001004, ...mips(1), is: { name: 'o32', float: 'hard', cpu: 'mips32r2' } },
  ],
  [
    'MIPS o32 with a soft float ABI',
    { machine: 8, wide: false, flags: 0x50001000, ...mips(3), is: { name: 'o32', float: 'soft', cpu: 'mips32' } },
  ],
  ['MIPS n32', { machine: 8, wide: false, flags: 0x80000020, is: { name: 'n32', cpu: 'mips64r2' } }],
  ['MIPS n64', { machine: 8, wide: true, flags: 0x60000000, is: { name: 'n64', cpu: 'mips64' } }],
  [
    'RISC-V with doubles in registers, compressed',
    { machine: 243, flags: 5, is: { name: 'lp64d', float: 'double', flags: ['rvc'] } },
  ],
  ['RISC-V without', { machine: 243, wide: false, flags: 0, is: { name: 'ilp32', float: 'soft', flags: [] } }],
  [
    'RISC-V by its attributes',
    {
      machine: 243,
      flags: 4,
      ...section('.riscv.attributes', attributes('riscv', [4, 16, 5, ...Buffer.from('rv64i2p1\0')])),
      is: { cpu: 'rv64i2p1' },
    },
  ],
  ['PowerPC ELFv1, big-endian', { machine: 21, little: false, flags: 0, is: { name: 'elfv1' } }],
  ['PowerPC ELFv2, big-endian', { machine: 21, little: false, flags: 2, is: { name: 'elfv2' } }],
  ['PowerPC, little-endian, is ELFv2', { machine: 21, flags: 0, is: { name: 'elfv2' } }],
  [
    'LoongArch with doubles',
    { machine: 258, flags: 0x43, is: { name: 'lp64d', float: 'double', flags: ['objects v1'] } },
  ],
  ['LoongArch without', { machine: 258, flags: 0x41, is: { name: 'lp64s', float: 'soft' } }],
]

describe('the ABI of an ELF file', () => {
  it.each(cases)('%s', async (_, { is, ...options }) => {
    expect((await inspected(directory, madeElf(options))).abi).toMatchObject(is)
  })

  it.each([
    [8, true, false, 'mips64', 'mips64'],
    [8, false, true, 'mips', 'mipsle'],
    [21, true, true, 'ppc64', 'ppc64le'],
    [22, true, false, 's390x', 's390x'],
    [183, true, true, 'aarch64', 'arm64'],
    [3, false, true, 'i386', '386'],
    [258, true, true, 'loongarch64', 'loong64'],
    [999, true, true, 'machine 999', null],
  ])('machine %i, 64 bits: %s, little: %s, is %s and GOARCH %s', async (machine, wide, little, name, arch) => {
    expect(await inspected(directory, madeElf({ machine, wide, little }))).toMatchObject({ machine: name, arch })
  })

  it.each([
    ['a part without a size', Buffer.from([0x41, 0, 0, 0, 0, 0x61])],
    ['a size beyond the section', Buffer.from([0x41, 0xff, 0xff, 0xff, 0x7f, 0x61, 0])],
    ['a tag without an end', attributes('aeabi', [0xff, 0xff])],
    ['a text without an end', attributes('aeabi', [5, 0x41])],
  ])('attributes with %s are refused', async (_, data) => {
    const file = madeElf({ machine: 40, wide: false, ...section('.ARM.attributes', data) })
    expect((await refusal(directory, file)).code).toBe('FILE_DAMAGED')
  })
})
