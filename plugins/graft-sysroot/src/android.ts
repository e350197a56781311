/** The strategy `android-ndk`: the user's own NDK, whose compilers bring Android's C library with them. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context, Grafted, Host, Plan, Refusal, Release, Site, Strategy, Target } from 'gonative/contract'
import { findNdk, type Ndk, type Sought } from './ndk.js'
import { runs } from './sh.js'

/** GOARCH → the first part of the NDK's compilers' names. The NDK's riscv64 has no Go. */
const triples: Record<string, string> = {
  '386': 'i686-linux-android',
  amd64: 'x86_64-linux-android',
  arm: 'armv7a-linux-androideabi',
  arm64: 'aarch64-linux-android',
}

/**
 * The API level unless another is asked for: the first with 64-bit machines, the one that Go is built and tested for
 * (misc/go_android_exec/README), and the lowest of NDK r26 and later (https://github.com/android/ndk/wiki/Changelog-r26).
 */
const usualLevel = 21

const strategy: Strategy<Sought> = {
  async look(target: Target, context: Context): Promise<Sought> {
    return target.goos === 'android' ? findNdk(target.sysroot, context) : {}
  },

  plan(toolchain: Release, target: Target, host: Host, found: Sought = {}): Plan | Refusal {
    const triple = triples[target.goarch]
    if (target.goos !== 'android' || triple === undefined) return { refused: "it is not one of Android's" }
    if (toolchain.tool !== 'go') return { refused: `android-ndk is for Go toolchains, not for ${toolchain.tool}` }
    if (host.os === 'windows') return { refused: 'an NDK on Windows is not there yet' }
    const { ndk, problem } = found
    if (ndk === undefined) return missing(problem)
    if (target.variant === 'v5' || target.variant === 'v6') {
      return { refused: "the NDK's compilers make ARMv7, since r17 nothing older", see: `${changelog}-r17` }
    }
    const level = chooseLevel(triple, target.libc, ndk)
    if (typeof level !== 'number') return level
    return {
      name: `ndk-${ndk.revision}-${triple}${level}`,
      target: { ...target, libc: `bionic.${level}`, sysroot: ndk.path },
      needs: [],
    }
  },

  async apply(plan: Plan, site: Site, context: Context): Promise<Grafted> {
    const { ndk } = await findNdk(plan.target.sysroot, context)
    const triple = triples[plan.target.goarch]
    const level = /^bionic\.(\d+)$/.exec(plan.target.libc ?? '')?.[1]
    if (ndk === undefined || triple === undefined || level === undefined) {
      throw new Error(`android-ndk can't carry out the plan ${plan.name}`)
    }
    // The NDK's own path and revision are in the text, and so in the graft's id: another NDK is another compiler to Go.
    const comment = `NDK ${ndk.revision}: android/${plan.target.goarch} for API level ${level} and newer`
    const program = (name: string): string => runs(join(ndk.bin, name), `NDK ${ndk.revision}`, comment)
    await writeFile(join(site.directory, 'cc.sh'), program(`${triple}${level}-clang`))
    await writeFile(join(site.directory, 'c++.sh'), program(`${triple}${level}-clang++`))
    await writeFile(join(site.directory, 'ar.sh'), program('llvm-ar'))
    return {
      env: { CC: 'gonative-cc {graft}', CXX: 'gonative-c++ {graft}', AR: 'gonative-ar {graft}', CGO_ENABLED: '1' },
    }
  },
}

const changelog = 'https://github.com/android/ndk/wiki/Changelog'

function missing(problem: string | undefined): Refusal {
  return {
    refused: problem ?? "Android's C library comes with the NDK, and none was found",
    remedy:
      'unpack an NDK from https://developer.android.com/ndk/downloads, and set ANDROID_NDK_HOME to its directory or name it to graft with --sysroot',
    see: 'https://github.com/ziglang/zig/issues/23906',
  }
}

/** The API level: what was asked for, or the lowest that the NDK has from the usual one on. */
function chooseLevel(triple: string, libc: string | undefined, ndk: Ndk): number | Refusal {
  const levels = ndk.programs.flatMap((name) => {
    const level = name.startsWith(triple) ? /^(\d+)-clang$/.exec(name.slice(triple.length))?.[1] : undefined
    return level === undefined ? [] : [Number(level)]
  })
  levels.sort((a, b) => a - b)
  const asked = /^bionic(?:\.(\d+))?$/.exec(libc ?? 'bionic')
  if (asked === null)
    return { refused: `Android's C library is bionic: ask for bionic.${usualLevel}, not ${libc ?? ''}` }
  const level = asked[1] === undefined ? levels.find((each) => each >= usualLevel) : Number(asked[1])
  if (level !== undefined && levels.includes(level)) return level
  const has = levels.length === 0 ? `no compiler called ${triple}*-clang` : `API levels ${levels.join(', ')}`
  return { refused: `the NDK ${ndk.revision} in ${ndk.path} has ${has}` }
}

export default strategy
