/** The rows of the one table (workarounds.ts) that hold for Windows, darwin and the BSDs. */
import { markNobtcfi } from './nobtcfi.js'
import { nameSdk, useSdk } from './sdk.js'
import type { Workaround } from './workarounds.js'

export const systemRows: Workaround[] = [
  {
    id: 'windows-mthreads',
    goos: ['windows'],
    action: { drop: ['-mthreads'] },
    reason: 'clang has threads without it and warns, which is an error where Go asks for -Werror',
    source: 'gccCmd in cmd/go/internal/work/exec.go of Go up to 1.22; not there in 1.27',
  },
  {
    id: 'windows-gui',
    goos: ['windows'],
    action: { replace: { '-mwindows': ['-Wl,--subsystem,windows'] } },
    reason: 'zig takes no notice of it beyond a warning, and -H=windowsgui would open a console',
    source: 'hostlink in cmd/link/internal/ld/lib.go; zig 0.17.0: argument unused during compilation',
  },
  {
    id: 'windows-race-synchronization',
    goos: ['windows'],
    goarch: ['amd64'],
    action: { add: ['-lapi-ms-win-core-synch-l1-2-0'], when: 'linking' },
    reason: "-race waits on addresses, and zig has mingw's libsynchronization by the name of its DLL only",
    source: 'hostlink in cmd/link/internal/ld/lib.go; lib/libc/mingw/lib-common of zig 0.17.0',
  },
  {
    id: 'windows-libraries-by-path',
    goos: ['windows'],
    action: { before: [': "${ZIG_LIB_DIR:=$home/compilers/zig-{zig}/lib}"', 'export ZIG_LIB_DIR'] },
    reason:
      "zig knows mingw's libraries by the path of its own files from where it is called, and would make them for each directory",
    source:
      'seen with zig 0.17.0: a link from another directory takes a minute again; with ZIG_LIB_DIR set it does not',
  },
  {
    id: 'darwin-race-weak-symbol',
    goos: ['darwin'],
    action: { replace: { '-Wl,-U,__dyld_get_dyld_header': ['-Wl,-undefined,dynamic_lookup'] } },
    reason: 'zig can leave all symbols to be found at run time, or none: -race needs one left that newer macOS has',
    source: 'hostlink in cmd/link/internal/ld/lib.go of Go 1.27; zig 0.17.0: unsupported linker arg: -U',
  },
  {
    id: 'darwin-sdk',
    goos: ['darwin'],
    action: { before: useSdk },
    reason: "zig looks into no SDK when it cross-compiles, and a user's own has what zig may not carry",
    source: 'seen with zig 0.17.0: -isysroot alone finds neither headers, nor libraries, nor frameworks',
  },
  {
    id: 'darwin-name-sdk',
    goos: ['darwin'],
    action: { after: nameSdk },
    reason: "zig's error names the library or framework that is missing, and not where it is to be had",
    source: 'seen with zig 0.17.0: unable to find framework',
  },
  {
    id: 'darwin-placeholder-headers',
    goos: ['darwin'],
    action: { add: ['-idirafter', '{graft}/include'], when: 'always' },
    reason: "the frameworks' headers, which zig has not, say what to do instead of not being found",
    source: "lib/libc/include/any-darwin-any of zig 0.17.0 has no framework's headers",
  },
  {
    id: 'darwin-stubs',
    goos: ['darwin'],
    action: { add: ['-L{graft}/lib', '-F{graft}/Frameworks'], when: 'linking' },
    reason: 'net and crypto/x509 link with libresolv, CoreFoundation and Security, which are not in zig',
    source:
      'net/cgo_unix_cgo_res*.go and crypto/x509/internal/macos; zig has lib/libc/darwin/libSystem.tbd and no other',
  },
  {
    id: 'darwin-dry-run',
    goos: ['darwin'],
    action: { last: { '-###': '-E' }, when: 'always' },
    reason: "the go command's question for the compiler's version leaves a file '-.o' in the package's directory",
    source: 'gccToolID in cmd/go/internal/work/buildid.go; seen with zig 0.16.0 and 0.17.0, for macos only',
  },
  {
    id: 'darwin-no-dsymutil',
    goos: ['darwin'],
    action: { programs: { dsymutil: 'true', strip: 'true' } },
    reason: "Go runs dsymutil and strip after the link; the host's may be missing, or not know Mach-O",
    source: 'hostlink in cmd/link/internal/ld/lib.go; a dsymutil that makes no file is allowed (go.dev/issue/11994)',
  },
  {
    id: 'darwin-no-stabs',
    goos: ['darwin'],
    action: { add: ['-Wl,-S'], when: 'linking' },
    reason: 'strip would have removed the debug map, which names temporary files and so differs in every build',
    source: 'hostlink in cmd/link/internal/ld/lib.go',
  },
  {
    id: 'netbsd-resolv',
    goos: ['netbsd'],
    action: { drop: ['-lresolv'] },
    reason: "zig has no libresolv for NetBSD, and the functions that net takes from there are in NetBSD's libc",
    source: 'net/cgo_unix_cgo_res.go and cgo_unix_cgo_resn.go; __res_nsearch in lib/libc/netbsd/abilists of zig 0.17.0',
  },
  {
    id: 'openbsd-nopie',
    goos: ['openbsd'],
    action: { replace: { '-Wl,-nopie': ['-no-pie'] } },
    reason: "zig refuses the linker's own name of it, which Go does not ask about beforehand",
    source: 'hostlink in cmd/link/internal/ld/lib.go; zig 0.17.0: unsupported linker arg: -nopie',
  },
  {
    id: 'freebsd-arm64-bfd',
    goos: ['freebsd'],
    goarch: ['arm64'],
    action: { answers: { '-Wl,--version': 'LLD of zig {zig}, in place of GNU ld' } },
    reason: "Go insists on GNU ld, for faults of the LLD of that time that zig's has no more",
    source: 'hostlink in cmd/link/internal/ld/lib.go; https://go.dev/issue/35197',
  },
  {
    id: 'freebsd-arm64-use-bfd',
    goos: ['freebsd'],
    goarch: ['arm64'],
    action: { drop: ['-fuse-ld=bfd'] },
    reason: 'zig has one linker, and warns about the choice of another',
    source: 'hostlink in cmd/link/internal/ld/lib.go; zig 0.17.0: argument unused during compilation',
  },
  {
    id: 'openbsd-arm64-execute-only',
    goos: ['openbsd'],
    goarch: ['arm64'],
    action: { drop: ['-Wl,--no-execute-only'] },
    reason: "zig refuses it, and does what it asks for: only OpenBSD's own LLD makes code unreadable by default",
    source: 'hostlink in cmd/link/internal/ld/lib.go; https://go.dev/issue/59615',
  },
  {
    id: 'openbsd-nobtcfi',
    goos: ['openbsd'],
    goarch: ['amd64', 'arm64'],
    action: { after: markNobtcfi },
    reason: "CPUs that check branches would stop code without landing pads, and zig refuses the linker's flag for it",
    source: 'hostlink in cmd/link/internal/ld/lib.go; zig 0.17.0: unsupported linker extension flag: -z nobtcfi',
  },
]
