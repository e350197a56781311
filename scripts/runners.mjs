// Running programs that were built for other machines: natively, or by qemu-user with the C libraries of Debian's
// cross packages. One table for the quickstart, for the tests, and for what `setUp` installs.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where a program is on PATH, if it is. */
export function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((directory) => join(directory, name))
    .find((path) => existsSync(path))
}

const softFloat = "a glibc for soft float: Debian's is for hard float"

/**
 * A row for each GOARCH that Linux programs are run for, and for each variant with a C library of its own: `native` on
 * this Node architecture with that loader there, else the emulator with the glibc below `libraries`, or `without` one.
 * `cpu` where the emulator's own choice is too old. 386 runs natively on amd64 and nowhere else: under qemu-i386 7.2 the
 * threads of a Go program lose their thread-local storage.
 */
const rows = {
  amd64: { native: 'x64', emulator: 'qemu-x86_64', libraries: '/usr/x86_64-linux-gnu', packaged: 'libc6-amd64-cross' },
  386: { native: 'x64', loader: '/lib/ld-linux.so.2', packaged: 'libc6-i386' },
  arm64: {
    native: 'arm64',
    emulator: 'qemu-aarch64',
    libraries: '/usr/aarch64-linux-gnu',
    packaged: 'libc6-arm64-cross',
  },
  arm: { emulator: 'qemu-arm', libraries: '/usr/arm-linux-gnueabihf', packaged: 'libc6-armhf-cross' },
  'arm/v5': { emulator: 'qemu-arm', libraries: '/usr/arm-linux-gnueabi', packaged: 'libc6-armel-cross' },
  loong64: { emulator: 'qemu-loongarch64', without: 'a glibc for loong64: Debian 12 has none' },
  ppc64: { emulator: 'qemu-ppc64', without: 'a glibc for ppc64: Debian has none' },
  ppc64le: { emulator: 'qemu-ppc64le', libraries: '/usr/powerpc64le-linux-gnu', packaged: 'libc6-ppc64el-cross' },
  s390x: { emulator: 'qemu-s390x', libraries: '/usr/s390x-linux-gnu', packaged: 'libc6-s390x-cross' },
  mips: { emulator: 'qemu-mips', libraries: '/usr/mips-linux-gnu', packaged: 'libc6-mips-cross' },
  'mips/softfloat': { emulator: 'qemu-mips', without: softFloat },
  mipsle: { emulator: 'qemu-mipsel', libraries: '/usr/mipsel-linux-gnu', packaged: 'libc6-mipsel-cross' },
  'mipsle/softfloat': { emulator: 'qemu-mipsel', without: softFloat },
  mips64: {
    emulator: 'qemu-mips64',
    cpu: 'MIPS64R2-generic',
    libraries: '/usr/mips64-linux-gnuabi64',
    packaged: 'libc6-mips64-cross',
  },
  mips64le: {
    emulator: 'qemu-mips64el',
    cpu: 'MIPS64R2-generic',
    libraries: '/usr/mips64el-linux-gnuabi64',
    packaged: 'libc6-mips64el-cross',
  },
  riscv64: {
    native: 'riscv64',
    emulator: 'qemu-riscv64',
    libraries: '/usr/riscv64-linux-gnu',
    packaged: 'libc6-riscv64-cross',
  },
}

/** How a Linux program is run here, a static one where its libc is musl: the command before it, or what is missing. */
export function runnerFor(goarch, { variant, libc } = {}) {
  const row = rows[`${goarch}/${variant}`] ?? rows[goarch]
  const isStatic = libc === 'musl'
  if (process.platform !== 'linux' || !row) return { missing: `nothing here runs linux/${goarch}` }
  if (row.native === process.arch) {
    const there = isStatic || !row.loader || existsSync(row.loader)
    return there ? { command: [], how: 'natively' } : { missing: `${row.loader} (Debian's ${row.packaged})` }
  }
  if (!row.emulator) return { missing: `an ${row.native} machine` }
  if (!onPath(row.emulator)) return { missing: `${row.emulator} (Debian's qemu-user)` }
  const emulator = [row.emulator, ...(row.cpu ? ['-cpu', row.cpu] : [])]
  if (isStatic) return { command: emulator, how: row.emulator }
  if (row.without) return { missing: row.without }
  if (!existsSync(row.libraries)) return { missing: `a C library in ${row.libraries} (Debian's ${row.packaged})` }
  return { command: [...emulator, '-L', row.libraries], how: row.emulator }
}

/** Debian's packages that are missing here for running everything. */
export function missingPackages() {
  const foreign = Object.entries(rows).filter(([, row]) => row.native !== process.arch && row.emulator)
  const own = Object.entries(rows).filter(([, row]) => row.native === process.arch)
  const libraries = [...own, ...foreign].filter(([name, row]) => {
    const [goarch, variant] = name.split('/')
    return row.packaged && 'missing' in runnerFor(goarch, { variant })
  })
  return [
    ...(onPath('file') ? [] : ['file']),
    ...(onPath('readelf') ? [] : ['binutils']),
    ...(foreign.some(([, { emulator }]) => !onPath(emulator)) ? ['qemu-user'] : []),
    ...libraries.map(([, { packaged }]) => packaged),
  ]
}
