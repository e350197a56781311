/** Names of wheels (https://packaging.python.org/en/latest/specifications/binary-distribution-format/). */
import type { Host } from 'gonative/contract'

export interface Wheel {
  /** The version of zig that is in it. */
  zig: string
  /** Of `.post1`, which is the same release packaged again; undefined for the first packaging. */
  post: number | undefined
  development: boolean
  /** Platform tags: `manylinux_2_12_x86_64`. */
  tags: string[]
}

/** Takes a wheel's file name apart; undefined for other files. */
export function parseWheel(filename: string): Wheel | undefined {
  const found = /^ziglang-([^-]+)(?:-\d[^-]*)?-[^-]+-[^-]+-([^-]+)\.whl$/.exec(filename)
  const [, version, tags] = found ?? []
  if (version === undefined || tags === undefined) return undefined
  const post = /\.post(\d+)$/.exec(version)
  return {
    zig: version.replace(/\.post\d+$/, ''),
    post: post === null ? undefined : Number(post[1]),
    development: /dev|a\d|b\d|rc\d/.test(version),
    tags: tags.split('.'),
  }
}

const linuxMachines: Record<string, string> = {
  amd64: 'x86_64',
  386: 'i686',
  arm64: 'aarch64',
  arm: 'armv7l',
  loong64: 'loongarch64',
}

const windowsTags: Record<string, string> = { amd64: 'win_amd64', 386: 'win32', arm64: 'win_arm64' }

/** Whether a wheel with these tags runs on a host. zig is linked statically: neither libc nor its version matters. */
export function runsOn(tags: string[], { os, arch }: Host): boolean {
  if (os === 'windows') return tags.some((tag) => tag === windowsTags[arch])
  if (os === 'darwin') {
    const machine = arch === 'amd64' ? 'x86_64' : arch
    return tags.some((tag) => tag.startsWith('macosx_') && (tag.endsWith(`_${machine}`) || tag.endsWith('_universal2')))
  }
  const machine = linuxMachines[arch] ?? arch
  return os === 'linux' && tags.some((tag) => /^(many|musl)?linux/.test(tag) && tag.endsWith(`_${machine}`))
}
