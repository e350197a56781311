// What a file for a target has to be, as data: held against what is read from the file (check.mjs).

/** Of each GOARCH, as `gonative inspect` names it. `float` is there where the file says how floats are passed. */
export const machines = {
  386: { machine: 'i386', bits: 32, endian: 'little' },
  amd64: { machine: 'x86-64', bits: 64, endian: 'little' },
  arm: { machine: 'arm', bits: 32, endian: 'little' },
  arm64: { machine: 'aarch64', bits: 64, endian: 'little' },
  loong64: { machine: 'loongarch64', bits: 64, endian: 'little', float: ['double'] },
  mips: { machine: 'mips', bits: 32, endian: 'big' },
  mipsle: { machine: 'mips', bits: 32, endian: 'little' },
  mips64: { machine: 'mips64', bits: 64, endian: 'big' },
  mips64le: { machine: 'mips64', bits: 64, endian: 'little' },
  ppc64: { machine: 'ppc64', bits: 64, endian: 'big' },
  ppc64le: { machine: 'ppc64', bits: 64, endian: 'little' },
  riscv64: { machine: 'riscv64', bits: 64, endian: 'little', float: ['double'] },
  s390x: { machine: 's390x', bits: 64, endian: 'big' },
}

/** How floats are passed, where a variant decides it; only linux files say so. */
export const floats = {
  'arm/v5': ['soft'],
  'arm/v6': ['hard'],
  'arm/v7': ['hard'],
  'mips/hardfloat': ['hard', 'double', 'any'],
  'mips/softfloat': ['soft'],
  'mipsle/hardfloat': ['hard', 'double', 'any'],
  'mipsle/softfloat': ['soft'],
  'mips64/hardfloat': ['hard', 'double', 'any'],
  'mips64/softfloat': ['soft'],
  'mips64le/hardfloat': ['hard', 'double', 'any'],
  'mips64le/softfloat': ['soft'],
}

const glibcParts = /^(lib(c|m|dl|rt|pthread|resolv)\.so\.\d+|ld(64)?(-linux[\w-]*)?\.so\.\d+)$/
const bsdParts = /^lib(c|m|pthread|rt|thr|util|dl|resolv|execinfo|c\+\+|c\+\+abi|cxxrt|gcc_s)\.so(\.[\d.]+)?$/

/** The libraries that every such system has. Whatever else a file asks for is missing where it runs. */
export const systemLibraries = {
  gnu: glibcParts,
  musl: /^libc\.so$/,
  windows:
    /^(api-ms-win-[\w-]+|kernel32|ntdll|msvcrt|ucrtbase|ws2_32|advapi32|bcrypt(primitives)?|user32|shell32|ole32|iphlpapi|winmm|secur32|userenv|netapi32|crypt32|dnsapi|dbghelp|version)\.dll$/i,
  darwin:
    /^(\/usr\/lib\/lib(System(\.B)?|resolv(\.9)?|c\+\+(\.1)?|objc(\.A)?)\.dylib|\/System\/Library\/Frameworks\/.*)$/,
  freebsd: bsdParts,
  netbsd: bsdParts,
  openbsd: bsdParts,
}

export const formats = { linux: 'elf', freebsd: 'elf', netbsd: 'elf', openbsd: 'elf', windows: 'pe', darwin: 'mach-o' }
