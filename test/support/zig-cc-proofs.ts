import { expect } from 'vitest'

const v7cpu = '-mcpu=generic+v7a+vfp3d16-neon-d32'

/** For each workaround a call that it changes: what zig gets, or what is answered. */
export interface Proof {
  platform: string
  /** Where the row is for one C library alone. */
  triple?: string
  go?: string
  args: string[]
  env?: Record<string, string>
  argv?: string[]
  stdout?: string
  stderr?: string
  code?: number
  /** Where zig is told that its own files are, in a store whose path has no quotes: `{home}` is the store. */
  library?: string
  /** The types of the program headers of the file that was linked, where there is one. */
  headers?: string[]
}
/** What a linker for OpenBSD writes, as far as its program headers go: PT_LOAD, PT_GNU_STACK, PT_NOTE. */
export const linked = Buffer.alloc(64 + 3 * 56)
;[1, 0x6474e551, 4].forEach((type, i) => linked.writeUInt32LE(type, 64 + i * 56))
export const sdk = 'MacOSX14.2.sdk'
export const proofs: Record<string, Proof> = {
  'no-ubsan-traps': {
    platform: 'linux/arm64',
    args: ['-fsanitize=undefined'],
    argv: ['-fno-sanitize=undefined', '-fsanitize=undefined'],
  },
  'ar-of-the-graft': { platform: 'linux/386', args: ['--print-prog-name=ar', 't.c'], stdout: 'gonative-ar\n' },
  'relocatable-link': { platform: 'linux/arm64', go: '1.9.7', args: ['-Wl,-r', 'x.o'], argv: ['-r', 'x.o'] },
  'headers-of-the-package': { platform: 'linux/arm64', go: '1.6.4', args: ['-E', '-'], argv: ['-I.', '-E', '-'] },
  'one-libc-for-trial-links': {
    platform: 'linux/arm64',
    triple: 'aarch64-linux-musl',
    args: ['-fPIC', 'x.o', '-o', '/tmp/b001/_cgo_.o', '-O2'],
    argv: ['x.o', '-o', '/tmp/b001/_cgo_.o', '-O2'],
  },
  'x86-64-levels': { platform: 'linux/amd64', args: ['-march=x86-64-v3'], argv: ['-march=x86_64_v3'] },
  'armv8-a': { platform: 'linux/arm64', args: ['-march=armv8-a'], argv: ['-march=generic'] },
  'arm-march': {
    platform: 'linux/arm',
    args: ['-march=armv7-a', '-march=armv8-a', 'x.c'],
    argv: [v7cpu, '-march=armv8-a', 'x.c'],
  },
  'riscv64-march': { platform: 'linux/riscv64', args: ['-march=rv64gc', 'x.c'], argv: ['x.c'] },
  'power-cpus': { platform: 'linux/ppc64', args: ['-mcpu=power9', 'x.c'], argv: ['-mcpu=pwr9', 'x.c'] },
  'no-mtune': { platform: 'linux/386', args: ['-mtune=generic', '-mtune', 'x.c'], argv: ['-mtune', 'x.c'] },
  'loong64-no-lsx': { platform: 'linux/loong64', args: ['-c', 'x.c'], argv: ['-mcpu=generic_la64+d', '-c', 'x.c'] },
  '386-position-independent': {
    platform: 'linux/386',
    args: ['-shared', '/tmp/link/go.o'],
    code: 1,
    stderr: expect.stringMatching(/./) as string,
  },
  'mips-float': {
    platform: 'linux/mips',
    args: ['-mabi=32', '-mhard-float', 'x.c'],
    argv: ['-mcpu=mips32', '-mabi=32', 'x.c'],
  },
  'mips64-no-pic-warning': {
    platform: 'linux/mips64',
    args: ['-Werror', '-c', 'x.c'],
    argv: ['-mcpu=mips4', '-Wno-option-ignored', '-Werror', '-c', 'x.c'],
  },
  'mips-debug-sections': {
    platform: 'linux/mips64le',
    args: ['-o', 'x', '/tmp/a link/go.o', 'x.o'],
    argv: ['-mcpu=mips4', '-o', 'x', '/tmp/a link/go.o', 'x.o', '-T', '{graft}/lib/mips-debug.ld'],
  },
  'arm-no-unwind-tables': {
    platform: 'linux/arm',
    args: ['-funwind-tables', 'x.c'],
    argv: ['-mcpu=generic+v7a+vfp3d16-neon-d32', '-fno-unwind-tables', '-funwind-tables', 'x.c'],
  },
  'windows-mthreads': { platform: 'windows/amd64', args: ['-mthreads', 'x.c'], argv: ['x.c'] },
  'strip-after-debug': { platform: 'linux/amd64', args: ['-s', '-g', 'x.o'], argv: ['-s', '-g', 'x.o', '-s'] },
  'darwin-stubs': { platform: 'darwin/arm64', args: ['x.o'], argv: ['x.o', '-L{graft}/lib', '-F{graft}/Frameworks'] },
  'darwin-dry-run': {
    platform: 'darwin/arm64',
    args: ['-###', '-x', 'c', '-c', '-'],
    argv: ['-###', '-x', 'c', '-c', '-', '-E'],
  },
  'windows-race-synchronization': { platform: 'windows/amd64', args: [], argv: ['-lapi-ms-win-core-synch-l1-2-0'] },
  'windows-libraries-by-path': {
    platform: 'windows/amd64',
    args: ['x.o'],
    argv: ['x.o'],
    library: '{home}/compilers/zig-0.17.0/lib',
  },
  'windows-gui': { platform: 'windows/386', args: ['-mwindows'], argv: ['-Wl,--subsystem,windows'] },
  'darwin-race-weak-symbol': {
    platform: 'darwin/amd64',
    args: ['-Wl,-U,__dyld_get_dyld_header', 'x.o'],
    argv: ['-Wl,-undefined,dynamic_lookup', 'x.o'],
  },
  'darwin-sdk': {
    platform: 'darwin/arm64',
    env: { SDKROOT: sdk },
    args: ['x.o'],
    argv: [
      ...['x.o', '-isysroot', sdk, '-isystem', `${sdk}/usr/include`, '-iframework', `${sdk}/System/Library/Frameworks`],
      ...[`-L${sdk}/usr/lib`, `-F${sdk}/System/Library/Frameworks`],
    ],
  },
  'darwin-name-sdk': {
    platform: 'darwin/arm64',
    env: { STATUS: '3' },
    args: ['x.o', '-lmissing'],
    argv: ['x.o', '-lmissing'],
    stderr: expect.stringContaining('SDKROOT to the directory of a macOS SDK') as string,
    code: 3,
  },
  'darwin-placeholder-headers': {
    platform: 'darwin/arm64',
    args: ['-c', 'x.c'],
    argv: ['-c', 'x.c', '-idirafter', '{graft}/include'],
  },
  'openbsd-nobtcfi': {
    platform: 'openbsd/amd64',
    env: { MADE: 'linked' },
    args: ['x.o', '-o', 'x'],
    argv: ['x.o', '-o', 'x'],
    headers: ['1', '65a3dbe8', '4'],
  },
  'darwin-no-dsymutil': {
    platform: 'darwin/arm64',
    args: ['-arch', 'arm64', '--print-prog-name', 'strip'],
    stdout: 'true\n',
  },
  'netbsd-resolv': { platform: 'netbsd/amd64', args: ['x.o', '-lresolv', '-lm'], argv: ['x.o', '-lm'] },
  'openbsd-nopie': { platform: 'openbsd/amd64', args: ['-Wl,-nopie', 'x.o'], argv: ['-no-pie', 'x.o'] },
  'freebsd-arm64-bfd': {
    platform: 'freebsd/arm64',
    args: ['-m64', '-fuse-ld=bfd', '-Wl,--version'],
    stdout: 'LLD of zig 0.17.0, in place of GNU ld\n',
  },
  'freebsd-arm64-use-bfd': { platform: 'freebsd/arm64', args: ['-fuse-ld=bfd', 'x.o'], argv: ['x.o'] },
  'openbsd-arm64-execute-only': { platform: 'openbsd/arm64', args: ['-Wl,--no-execute-only'], argv: [] },
  'darwin-no-stabs': { platform: 'darwin/arm64', args: ['x.o'], argv: ['x.o', '-Wl,-S'] },
}
