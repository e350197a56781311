/** ELF's machines (the gABI's register of e_machine), with GOARCH in each byte order where Go has one. */
interface Machine {
  /** In 32 and 64 bits, where they differ. */
  name: string | [narrow: string, wide: string]
  little?: string | [narrow: string | null, wide: string | null]
  big?: string | [narrow: string | null, wide: string | null]
}

const machines: Record<number, Machine> = {
  2: { name: 'sparc' },
  3: { name: 'i386', little: '386' },
  4: { name: 'm68k' },
  8: { name: ['mips', 'mips64'], little: ['mipsle', 'mips64le'], big: ['mips', 'mips64'] },
  15: { name: 'hppa' },
  18: { name: 'sparc' },
  20: { name: 'ppc', big: 'ppc' },
  21: { name: 'ppc64', little: 'ppc64le', big: 'ppc64' },
  22: { name: ['s390', 's390x'], big: ['s390', 's390x'] },
  40: { name: 'arm', little: 'arm', big: 'armbe' },
  42: { name: 'sh' },
  43: { name: 'sparc64', big: 'sparc64' },
  50: { name: 'ia64' },
  62: { name: 'x86-64', little: [null, 'amd64'] },
  183: { name: 'aarch64', little: [null, 'arm64'], big: [null, 'arm64be'] },
  243: { name: ['riscv32', 'riscv64'], little: ['riscv', 'riscv64'] },
  247: { name: 'bpf' },
  258: { name: ['loongarch32', 'loongarch64'], little: [null, 'loong64'] },
  0x9026: { name: 'alpha' },
}

/** The machine's name and GOARCH. @param number e_machine */
export function machineOf(number: number, wide: boolean, little: boolean): { machine: string; arch: string | null } {
  const row = machines[number]
  if (!row) return { machine: `machine ${number}`, arch: null }
  const pick = <T>(value: T | [T, T]): T => (Array.isArray(value) ? value[wide ? 1 : 0] : value)
  const arch = little ? row.little : row.big
  return { machine: pick<string>(row.name), arch: arch === undefined ? null : pick<string | null>(arch) }
}

/** What e_ident[EI_OSABI] says; 0 (System V) is used by most systems and says nothing. */
export const osAbis: Record<number, string> = {
  2: 'netbsd',
  3: 'linux',
  6: 'solaris',
  7: 'aix',
  9: 'freebsd',
  12: 'openbsd',
}

/** Loaders that only one system has. */
export const loaders: [path: RegExp, os: string][] = [
  [/\/ld-linux|\/ld-musl|\/ld64\.so|\/lib\/ld\.so\.1$|\/ld-uClibc/, 'linux'],
  [/^\/libexec\/ld-elf/, 'freebsd'],
  [/^\/usr\/libexec\/ld\.elf_so/, 'netbsd'],
  [/^\/usr\/libexec\/ld\.so/, 'openbsd'],
  [/^\/usr\/libexec\/ld-elf\.so\.2/, 'dragonfly'],
  [/^\/system\/bin\/linker/, 'android'],
  [/^(\/usr)?\/lib\/(amd64|64|sparcv9)\/ld\.so\.1$/, 'solaris'],
]
