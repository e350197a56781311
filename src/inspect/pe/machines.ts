/** COFF's machines ("PE Format", Machine Types), with GOARCH where Go has one. */
interface Row {
  machine: string
  arch: string | null
  bits: 32 | 64
}

const machines: Record<number, Row> = {
  0x14c: { machine: 'i386', arch: '386', bits: 32 },
  0x1c0: { machine: 'arm', arch: 'arm', bits: 32 },
  0x1c4: { machine: 'arm', arch: 'arm', bits: 32 },
  0x200: { machine: 'ia64', arch: null, bits: 64 },
  0x5032: { machine: 'riscv32', arch: 'riscv', bits: 32 },
  0x5064: { machine: 'riscv64', arch: 'riscv64', bits: 64 },
  0x6264: { machine: 'loongarch64', arch: 'loong64', bits: 64 },
  0x8664: { machine: 'x86-64', arch: 'amd64', bits: 64 },
  0xa641: { machine: 'arm64ec', arch: null, bits: 64 },
  0xaa64: { machine: 'aarch64', arch: 'arm64', bits: 64 },
}

/** @returns undefined for one that is not in the table */
export function machineRow(number: number): Row | undefined {
  return machines[number]
}
