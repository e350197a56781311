/**
 * The BSDs' rows. Each system's number is the oldest that zig has a C library of: 14.0 for FreeBSD, where zig's start-up
 * code calls __libc_start1, which older ones have not; 10.1 for NetBSD and 7.8 for OpenBSD, before which zig 0.17 says
 * `invalid target … libc version`. They are named so that a newer zig takes no other. Go itself asks for less
 * (go.dev/wiki/MinimumRequirements).
 */
import type { TargetRow, VariantCase } from './triples.js'

const freebsd = '14.0'
const netbsd = '10.1'
const openbsd = '7.8'

/** As on linux (triples.ts), down to what each system itself needs: FreeBSD has armv6 and armv7, OpenBSD armv7. */
const v7: VariantCase = { values: ['*'], cpu: 'generic+v7a+vfp3d16-neon-d32' }
const v6: VariantCase = { values: ['5*', '6*'], cpu: 'generic+v6+vfp2' }
/** NetBSD's libc has the functions for atomic access that ARMv5 has no instructions for. */
const netbsdArm: VariantCase[] = [
  { values: ['5*', '*softfloat'], cpu: 'generic+v5te', soft: true },
  { values: ['6*'], cpu: 'generic+v6+vfp2' },
  v7,
]

const onOpenbsd = (goarch: string, cpu: string, abi = ''): TargetRow => ({
  goos: 'openbsd',
  goarch,
  triple: `${cpu}-openbsd.${openbsd}${abi}`,
  zig: { since: '0.17' },
  // Seen with 1.19.13, and not with 1.22.12.
  since: { go: '1.22', why: "older Go (1.19) calls libc's syscall, which OpenBSD has no more since 7.5" },
})

export const bsdRows: TargetRow[] = [
  { goos: 'freebsd', goarch: '386', triple: `x86-freebsd.${freebsd}` },
  { goos: 'freebsd', goarch: 'amd64', triple: `x86_64-freebsd.${freebsd}` },
  {
    goos: 'freebsd',
    goarch: 'arm',
    triple: `arm-freebsd.${freebsd}-eabihf`,
    follows: { variable: 'GOARM', cases: [v6, v7] },
    without: { variants: ['v5'], why: 'FreeBSD has ARMv6 as its least since 13' },
  },
  { goos: 'freebsd', goarch: 'arm64', triple: `aarch64-freebsd.${freebsd}` },
  { goos: 'netbsd', goarch: '386', triple: `x86-netbsd.${netbsd}` },
  { goos: 'netbsd', goarch: 'amd64', triple: `x86_64-netbsd.${netbsd}` },
  {
    goos: 'netbsd',
    goarch: 'arm',
    triple: `arm-netbsd.${netbsd}-eabihf`,
    follows: { variable: 'GOARM', cases: netbsdArm },
  },
  { goos: 'netbsd', goarch: 'arm64', triple: `aarch64-netbsd.${netbsd}` },
  onOpenbsd('386', 'x86'),
  onOpenbsd('amd64', 'x86_64'),
  {
    ...onOpenbsd('arm', 'arm', '-eabi'),
    follows: { variable: 'GOARM', cases: [v7] },
    without: { variants: ['v5', 'v6'], why: "OpenBSD's port to ARM is called armv7, and is that" },
  },
  onOpenbsd('arm64', 'aarch64'),
  onOpenbsd('riscv64', 'riscv64'),
]
