/** Which triple a target is built with, or why there is none. */
import type { Refusal, Target } from 'gonative/contract'
import { compare } from './dotted.js'
import { newestGlibc, type TargetRow } from './triples.js'

export interface Choice {
  /** For `zig cc -target`. */
  triple: string
  /** The C library, filled in where the target has a choice: `gnu.2.17`, `musl`. */
  libc?: string
}

/** Pure: the row's triple with the C library that the target asks for, or the row's usual one. */
export function choose(row: TargetRow, target: Target): Choice | Refusal {
  const platform = `${target.goos}/${target.goarch}`
  const { glibc, musl } = row
  if (glibc === undefined && musl === undefined) {
    if (target.libc === undefined) return { triple: row.triple }
    return { refused: `${platform} has one C library: leave out ${target.libc}` }
  }
  if (target.libc === 'musl' || (target.libc === undefined && glibc === undefined)) {
    if (musl === undefined) return { refused: `zig has no musl for ${platform}` }
    return { triple: `${row.triple}-${musl.abi}`, libc: 'musl' }
  }
  const floor = /^gnu(?:\.(\d+\.\d+(?:\.\d+)?))?$/.exec(target.libc ?? 'gnu')
  if (floor === null) return { refused: `no C library is called ${target.libc ?? ''}: write gnu, gnu.2.28 or musl` }
  if (glibc === undefined)
    return { refused: `no glibc for ${platform}, ask for musl: ${row.noGlibc ?? 'zig has none'}` }
  const version = floor[1] ?? glibc.usual
  if (compare(version, glibc.lowest) < 0) {
    return { refused: `glibc for ${platform} begins with ${glibc.lowest} in zig: ${version} is older` }
  }
  if (compare(version, newestGlibc) > 0) {
    return { refused: `glibc ${version} is newer than any that zig knows (${newestGlibc})` }
  }
  return { triple: `${row.triple}-${glibc.abi}.${version}`, libc: `gnu.${version}` }
}
