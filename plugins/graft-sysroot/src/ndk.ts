/**
 * Finds an Android NDK, from r19 on: the first with a compiler for every API level in `toolchains/llvm/prebuilt/<host>/bin`
 * (https://developer.android.com/ndk/guides/other_build_systems). Reads only.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from 'gonative/contract'

export interface Ndk {
  path: string
  /** As source.properties has it: `27.2.12479018`. */
  revision: string
  /** Absolute path of its programs. */
  bin: string
  /** Names in `bin`. */
  programs: string[]
}

/** What was looked at: an NDK, or why what the user named is none. Neither, when nothing was named. */
export interface Sought {
  ndk?: Ndk
  /** For the user. */
  problem?: string
}

/** Variables that name an NDK, in the order in which they are looked at; the last is what GitHub's machines have. */
const variables = ['ANDROID_NDK_HOME', 'ANDROID_NDK_ROOT', 'ANDROID_NDK', 'ANDROID_NDK_LATEST_HOME']
/** Variables that name an SDK, where sdkmanager puts NDKs into `ndk/<revision>`. */
const sdkVariables = ['ANDROID_HOME', 'ANDROID_SDK_ROOT']

/** The NDK that the user names, or that the environment does. A wrong name is a problem, and no other is looked for. */
export async function findNdk(
  sysroot: string | undefined,
  { env, host }: Pick<Context, 'env' | 'host'>,
): Promise<Sought> {
  if (sysroot !== undefined) return readNdk(sysroot, sysroot, host)
  for (const variable of variables) {
    const path = env[variable]
    if (path) return readNdk(path, `${variable}=${path}`, host)
  }
  for (const variable of sdkVariables) {
    const sdk = env[variable]
    const revisions = sdk ? await readdir(join(sdk, 'ndk')).catch(() => []) : []
    const [newest] = revisions.filter((name) => /^\d/.test(name)).sort(newestFirst)
    if (sdk && newest) return readNdk(join(sdk, 'ndk', newest), `${variable}=${sdk}`, host)
  }
  return {}
}

async function readNdk(path: string, named: string, host: Context['host']): Promise<Sought> {
  const properties = await readFile(join(path, 'source.properties'), 'utf8').catch(() => '')
  const revision = /^Pkg\.Revision\s*=\s*(\d[\w.-]*)/m.exec(properties)?.[1]
  if (revision === undefined) return { problem: `${named} is not an NDK: it has no source.properties with a revision` }
  const prebuilt = join(path, 'toolchains', 'llvm', 'prebuilt')
  for (const tag of hostTags(host)) {
    const bin = join(prebuilt, tag, 'bin')
    const programs = await readdir(bin).catch(() => undefined)
    if (programs) return { ndk: { path, revision, bin, programs } }
  }
  return { problem: `${named} is an NDK (${revision}) without a compiler for ${host.os}/${host.arch}: ${prebuilt}` }
}

/** The directory names of hosts. An x86-64 one also runs on arm64 Macs, and where its machine is emulated. */
function hostTags({ os, arch }: Context['host']): string[] {
  const machine = { amd64: 'x86_64', arm64: 'aarch64' }[arch] ?? arch
  return [...new Set([`${os}-${machine}`, `${os}-${arch}`, `${os}-x86_64`])]
}

function newestFirst(a: string, b: string): number {
  return b.localeCompare(a, 'en', { numeric: true })
}
