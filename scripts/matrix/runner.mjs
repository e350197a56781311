// How a Linux program of a row is run here: like the others (../runners.mjs), but with the C library that its variant
// and its libc want. A static program needs none.
import { existsSync } from 'node:fs'
import { onPath, runnerFor } from '../runners.mjs'

/** qemu-user's name of each GOARCH. 386 is run natively only: see ../runners.mjs. */
const emulators = {
  amd64: 'qemu-x86_64',
  arm: 'qemu-arm',
  arm64: 'qemu-aarch64',
  loong64: 'qemu-loongarch64',
  mips: 'qemu-mips',
  mipsle: 'qemu-mipsel',
  mips64: 'qemu-mips64',
  mips64le: 'qemu-mips64el',
  ppc64: 'qemu-ppc64',
  ppc64le: 'qemu-ppc64le',
  riscv64: 'qemu-riscv64',
  s390x: 'qemu-s390x',
}

/** glibc below /usr, by Debian's cross packages, where runners.mjs has no row: of variants, and of older machines. */
const libraries = {
  'arm/v5': { directory: '/usr/arm-linux-gnueabi', packaged: 'libc6-armel-cross' },
  'mips/hardfloat': { directory: '/usr/mips-linux-gnu', packaged: 'libc6-mips-cross' },
  'mipsle/hardfloat': { directory: '/usr/mipsel-linux-gnu', packaged: 'libc6-mipsel-cross' },
  'mips64/hardfloat': { directory: '/usr/mips64-linux-gnuabi64', packaged: 'libc6-mips64-cross' },
  'mips64le/hardfloat': { directory: '/usr/mips64el-linux-gnuabi64', packaged: 'libc6-mips64el-cross' },
  'mips/softfloat': { missing: "a glibc for soft float: Debian's is for hard float" },
  'mipsle/softfloat': { missing: "a glibc for soft float: Debian's is for hard float" },
  loong64: { missing: 'a glibc for loong64: Debian 12 has none' },
}

/** Processors that the emulator does not offer by itself, as `-cpu` names them. */
const processors = { mips64: 'MIPS64R2-generic', mips64le: 'MIPS64R2-generic' }

/** @returns {{command: string[], how: string} | {missing: string}} */
export function runnerOf({ goos, goarch, variant, libc }) {
  if (goos !== 'linux') return { missing: `a ${goos} machine` }
  const usual = runnerFor(goarch)
  if (usual.how === 'natively') return usual
  const own = libraries[`${goarch}/${variant}`] ?? libraries[goarch]
  if (libc !== 'musl' && !own) return usual
  if (libc !== 'musl' && own.missing) return { missing: own.missing }
  const emulator = emulators[goarch]
  if (!emulator) return usual
  if (!onPath(emulator)) return { missing: `${emulator} (Debian's qemu-user)` }
  const processor = processors[goarch] ? ['-cpu', processors[goarch]] : []
  if (libc === 'musl') return { command: [emulator, ...processor], how: emulator }
  if (!existsSync(own.directory)) return { missing: `a C library in ${own.directory} (Debian's ${own.packaged})` }
  return { command: [emulator, ...processor, '-L', own.directory], how: emulator }
}

/** Debian's packages that are missing here beside those of runners.mjs. */
export function missingLibraries() {
  const wanted = Object.values(libraries).filter(({ directory }) => directory && !existsSync(directory))
  return wanted.map(({ packaged }) => packaged)
}
