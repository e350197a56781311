/** The first file in which two trees of a release differ. Pure. */
import { notInModule } from '../../install/toolchain-module.js'
import type { Difference } from '../../store/compare.js'

export interface HashedFile {
  /** From the GOROOT, with `/`. */
  path: string
  sha256: string
}

/** What cmd/dist generates, from the source and the host (gentab in cmd/dist/build.go; the `Remove` of srcArch in cmd/distpack). */
const generated = new Set([
  'src/cmd/cgo/zdefaultcc.go',
  'src/cmd/go/internal/cfg/zdefaultcc.go',
  'src/cmd/go/internal/cfg/zosarch.go',
  'src/cmd/internal/objabi/zbootstrap.go',
  'src/go/build/zcgo.go',
  'src/internal/buildcfg/zbootstrap.go',
  'src/internal/runtime/sys/zversion.go',
  'src/runtime/internal/sys/zversion.go',
  'src/time/tzdata/zzipdata.go',
])

/** Whether a file is made when a release is built; all others are the same in every archive of the release. */
export function isMade(path: string): boolean {
  return /^(?:bin|pkg)\//.test(path) || generated.has(path)
}

/** Without what a toolchain module does not have. */
export function asInModule<File extends HashedFile>(files: readonly File[]): File[] {
  return files.filter(({ path }) => !notInModule.some((top) => path.startsWith(`${top}/`)))
}

/**
 * The first difference by path, sources before what is made from them: a changed source says why a program differs.
 * @param same decides for a file whose hashes differ whether that counts; by default it does
 */
export async function firstDifference(
  published: readonly HashedFile[],
  found: readonly HashedFile[],
  same: (path: string) => Promise<boolean> = async () => false,
): Promise<Difference | undefined> {
  const [there, here] = [published, found].map((files) => new Map(files.map(({ path, sha256 }) => [path, sha256])))
  const paths = [...new Set([...(there ?? []), ...(here ?? [])].map(([path]) => path))]
  for (const path of paths.sort(sourcesFirst)) {
    const [was, is] = [there?.get(path), here?.get(path)]
    if (was === is) continue
    if (was === undefined) return { path, what: 'added' }
    if (is === undefined) return { path, what: 'missing' }
    if (!(await same(path))) return { path, what: 'changed' }
  }
  return undefined
}

function sourcesFirst(a: string, b: string): number {
  return Number(isMade(a)) - Number(isMade(b)) || (a < b ? -1 : 1)
}
