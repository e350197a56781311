/** The platforms that zig can build for with a copy of the system's own files, and what each of the others would need. */

export interface SysrootRow {
  goos: string
  goarch: string
  /** For `zig cc -target`; `{libc}` is `gnu` or `musl`, whichever the sysroot has. */
  triple: string
  /** Debian's name of it, under which its libraries and headers are; absent where there are no such directories. */
  multiarch?: string
}

const linux = (goarch: string, machine: string, multiarch: string, abi = ''): SysrootRow => ({
  goos: 'linux',
  goarch,
  triple: `${machine}-linux-{libc}${abi}`,
  multiarch,
})

export const sysrootRows: SysrootRow[] = [
  linux('386', 'x86', 'i386-linux-gnu'),
  linux('amd64', 'x86_64', 'x86_64-linux-gnu'),
  linux('arm', 'arm', 'arm-linux-gnueabihf', 'eabihf'),
  linux('arm64', 'aarch64', 'aarch64-linux-gnu'),
  linux('loong64', 'loongarch64', 'loongarch64-linux-gnu'),
  linux('ppc64le', 'powerpc64le', 'powerpc64le-linux-gnu'),
  linux('riscv64', 'riscv64', 'riscv64-linux-gnu'),
  linux('s390x', 's390x', 's390x-linux-gnu'),
  // zig looks for crtbegin.o in gcc80 beside crt1.o (resolveCrtPaths in lib/std/zig/LibCInstallation.zig).
  { goos: 'dragonfly', goarch: 'amd64', triple: 'x86_64-dragonfly' },
]

export interface Obstacle {
  goos: string
  refused: string
  remedy: string
  see?: string
}

const ownCompiler =
  "set CC (and CXX, AR) to a cross compiler of your own, and CGO_ENABLED=1: gonative's shims leave them be"

/** Platforms for which the strategy refuses even with a sysroot. What zig said is zig 0.17.0's. */
export const obstacles: Obstacle[] = [
  {
    goos: 'aix',
    // `zig cc -target powerpc64-aix`: error: unable to parse target query: UnknownOperatingSystem
    refused: 'zig knows no AIX, and lld does not write its XCOFF',
    remedy: ownCompiler,
  },
  {
    goos: 'solaris',
    // The same error as aix. It had the target until illumos took its place.
    refused: 'zig knows no Solaris, only illumos',
    remedy: ownCompiler,
    see: 'https://github.com/ziglang/zig/issues/7151',
  },
  {
    goos: 'illumos',
    // `zig cc -target x86_64-illumos -c x.c`: error: no such file or directory: '__illumos__', with any C.
    refused: 'zig has no C library for illumos, and its C compiler fails on its own flags there',
    remedy: ownCompiler,
    see: 'https://github.com/ziglang/zig/issues/25773',
  },
  {
    goos: 'ios',
    refused: "iOS needs Xcode's SDK and signing, which Apple's licence keeps to Macs",
    remedy:
      "on a Mac, set CC to a script that runs xcrun --sdk iphoneos clang, as Go's own misc/ios/clangwrap.sh does, and CGO_ENABLED=1",
    see: 'https://github.com/golang/go/blob/master/misc/ios/README',
  },
]
