/** Running what was built for other machines, where this one can: natively, or by qemu-user with Debian's libraries. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { TestContext } from 'vitest'

const known: Record<string, { emulator: string; libraries: string; native?: string }> = {
  amd64: { emulator: 'qemu-x86_64', libraries: '/usr/x86_64-linux-gnu', native: 'x64' },
  arm64: { emulator: 'qemu-aarch64', libraries: '/usr/aarch64-linux-gnu', native: 'arm64' },
  '386': { emulator: 'qemu-i386', libraries: '/usr/i686-linux-gnu' },
  riscv64: { emulator: 'qemu-riscv64', libraries: '/usr/riscv64-linux-gnu', native: 'riscv64' },
}

/** The command in front of a Linux program of this architecture; a string says why there is none. */
export function runnerFor(goarch: string): string[] | string {
  const how = known[goarch]
  if (process.platform !== 'linux' || !how) return `nothing here runs linux/${goarch}`
  if (how.native === process.arch) return []
  if (!onPath(how.emulator)) return `no ${how.emulator}: apt-get install qemu-user`
  if (!existsSync(how.libraries)) return `no C library in ${how.libraries}: apt-get install libc6-*-cross`
  return [how.emulator, '-L', how.libraries]
}

function onPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((directory) => existsSync(join(directory, name)))
}

/** Skips the test with its reason; in CI, where everything is meant to be there, that is a failure instead. */
export function cannotRun(context: TestContext, reason: string): void {
  if (process.env.CI === 'true') throw new Error(`cannot be skipped in CI: ${reason}`)
  context.skip(reason)
}
