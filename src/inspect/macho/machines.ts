/** Mach-O's processors (mach/machine.h) and platforms (LC_BUILD_VERSION in mach-o/loader.h). */
interface Row {
  machine: string
  arch: string | null
  /** By subtype, where one says more. */
  cpu?: Record<number, string>
}

const machines: Record<number, Row> = {
  0x7: { machine: 'i386', arch: '386' },
  0x01000007: { machine: 'x86-64', arch: 'amd64', cpu: { 8: 'haswell' } },
  0xc: { machine: 'arm', arch: 'arm', cpu: { 6: 'v6', 9: 'v7', 11: 'v7s', 12: 'v7k' } },
  0x0100000c: { machine: 'aarch64', arch: 'arm64', cpu: { 2: 'arm64e' } },
  0x0200000c: { machine: 'arm64_32', arch: null },
  0x12: { machine: 'ppc', arch: 'ppc' },
  0x01000012: { machine: 'ppc64', arch: 'ppc64' },
}

/** @param type the processor's subtype, whose highest byte are flags */
export function machOMachine(
  number: number,
  type: number,
): { machine: string; arch: string | null; cpu: string | null } {
  const row = machines[number]
  if (!row) return { machine: `machine ${number}`, arch: null, cpu: null }
  return { machine: row.machine, arch: row.arch, cpu: row.cpu?.[type & 0xffffff] ?? null }
}

export interface Platform {
  os: string | null
  name: string
}

const platforms: Record<number, Platform> = {
  1: { os: 'darwin', name: 'macOS' },
  2: { os: 'ios', name: 'iOS' },
  3: { os: null, name: 'tvOS' },
  4: { os: null, name: 'watchOS' },
  6: { os: 'ios', name: 'Mac Catalyst' },
  7: { os: 'ios', name: 'iOS simulator' },
}

/** Before LC_BUILD_VERSION each platform had a command of its own. */
export const minimumCommands: Record<number, Platform> = {
  0x24: { os: 'darwin', name: 'macOS' },
  0x25: { os: 'ios', name: 'iOS' },
  0x2f: { os: null, name: 'tvOS' },
  0x30: { os: null, name: 'watchOS' },
}

export function platformOf(number: number): Platform {
  return platforms[number] ?? { os: null, name: `platform ${number}` }
}
