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

/**
 * A row for each GOARCH that Linux programs are run for: `native` on this Node architecture with that loader there,
 * else the emulator with the C library below `libraries`. 386 runs natively on amd64 and nowhere else: under qemu-i386
 * 7.2 the threads of a Go program lose their thread-local storage.
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
  ppc64le: { emulator: 'qemu-ppc64le', libraries: '/usr/powerpc64le-linux-gnu', packaged: 'libc6-ppc64el-cross' },
  s390x: { emulator: 'qemu-s390x', libraries: '/usr/s390x-linux-gnu', packaged: 'libc6-s390x-cross' },
  mips: { emulator: 'qemu-mips', libraries: '/usr/mips-linux-gnu', packaged: 'libc6-mips-cross' },
  mipsle: { emulator: 'qemu-mipsel', libraries: '/usr/mipsel-linux-gnu', packaged: 'libc6-mipsel-cross' },
  mips64: { emulator: 'qemu-mips64', libraries: '/usr/mips64-linux-gnuabi64', packaged: 'libc6-mips64-cross' },
  mips64le: { emulator: 'qemu-mips64el', libraries: '/usr/mips64el-linux-gnuabi64', packaged: 'libc6-mips64el-cross' },
  riscv64: {
    native: 'riscv64',
    emulator: 'qemu-riscv64',
    libraries: '/usr/riscv64-linux-gnu',
    packaged: 'libc6-riscv64-cross',
  },
}

/** How a Linux program for a GOARCH is run here: the command to put before it, or what is missing. */
export function runnerFor(goarch) {
  const row = rows[goarch]
  if (process.platform !== 'linux' || !row) return { missing: `nothing here runs linux/${goarch}` }
  if (row.native === process.arch) {
    const there = !row.loader || existsSync(row.loader)
    return there ? { command: [], how: 'natively' } : { missing: `${row.loader} (Debian's ${row.packaged})` }
  }
  if (!row.emulator) return { missing: `an ${row.native} machine` }
  if (!onPath(row.emulator)) return { missing: `${row.emulator} (Debian's qemu-user)` }
  if (!existsSync(row.libraries)) return { missing: `a C library in ${row.libraries} (Debian's ${row.packaged})` }
  return { command: [row.emulator, '-L', row.libraries], how: row.emulator }
}

/** Debian's packages that are missing here for running everything. */
export function missingPackages() {
  const needed = Object.keys(rows).filter((goarch) => 'missing' in runnerFor(goarch))
  const libraries = needed.filter((goarch) => rows[goarch].emulator || rows[goarch].native === process.arch)
  const emulated = Object.values(rows).some(
    (row) => row.native !== process.arch && row.emulator && !onPath(row.emulator),
  )
  return [
    ...(onPath('file') ? [] : ['file']),
    ...(onPath('readelf') ? [] : ['binutils']),
    ...(emulated ? ['qemu-user'] : []),
    ...libraries.map((goarch) => rows[goarch].packaged),
  ]
}
