/** One step of a chain: a release's source becomes its tree, by one make.bash. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GonativeError } from '../errors.js'
import type { Take } from '../install/build.js'
import type { Located } from '../install/locate.js'
import type { Session } from '../install/session.js'
import { measureTree } from '../store/tree.js'
import { isBefore, leastIn } from './bootstraps.js'
import { environmentForC, findCCompiler, needCCompiler, shadowWithOldHabits } from './c-compiler.js'
import type { Compiler } from './chain.js'
import { clearScaffolding } from './finish.js'
import { make } from './make.js'
import { takeSource } from './source-tree.js'

export interface Compiling {
  located: Located
  /** Without one the release is compiled from C. */
  by: Compiler | undefined
  /** The GOROOT that it will have. */
  final: string
  /** Whether it will only compile others: such a one does without cgo. */
  onTheWay: boolean
  allowUnverified: boolean
}

/** What `build` takes for a tree from source. Throws what `takeSource` and `make` throw, and NO_C_COMPILER (exit 5). */
export function compiled(job: Compiling, session: Session): Take {
  const { located, by, final, allowUnverified } = job
  const { version } = located.release
  const { host } = session.io
  return async (staging) => {
    const [goroot, scratch] = [join(staging, 'tree'), join(staging, 'scratch')]
    const { name, env, first } = await settingsFor(job, staging, session)
    const { archives, downloads } = await takeSource(located, goroot, session, allowUnverified)
    if (by) await checkBootstrap(goroot, version, by)
    await fillGaps(goroot, version)
    const seconds = await make({ version, goroot, final, bootstrap: by?.path, scratch, first, env }, session)
    await clearScaffolding(goroot, version, host)
    const reading = session.report.start(`measure go ${version}`, 'files')
    const files = await measureTree(goroot, (done) => reading.update(done)).finally(() => reading.end())
    const built = { with: name, fromC: by?.fromC ?? true, seconds: Math.round(seconds) }
    return { files, archives, downloads, built, doubtful: by?.doubtful ?? false }
  }
}

/** Who compiles, in words for the receipt, and what make.bash is told. */
async function settingsFor(
  { located, by, onTheWay }: Compiling,
  staging: string,
  session: Session,
): Promise<{ name: string; env: Record<string, string>; first?: string }> {
  const { version } = located.release
  const withoutCgo: Record<string, string> = onTheWay ? { CGO_ENABLED: '0' } : {}
  if (!by) {
    const compiler = await needCCompiler(version, session)
    return { name: compiler.name, env: { ...(await environmentForC(compiler, session)), ...withoutCgo } }
  }
  const name = `go ${by.version}`
  // Its make.bash does not know modules yet, and the Go that compiles it may (golang.org/doc/go1.16#go-command).
  const env: Record<string, string> = isBefore(version, '1.13beta1') ? { GO111MODULE: 'off' } : {}
  if (onTheWay) return { name, env: { ...env, ...withoutCgo } }
  // A C compiler by its usual name is left unsaid: what is said becomes the default of the Go that is built.
  const compiler = await findCCompiler(session)
  if (compiler && isBefore(version, '1.10beta1')) {
    const first = join(staging, 'scratch', 'bin')
    const command = await shadowWithOldHabits(compiler, first, session)
    return { name, env: { ...env, CC: command }, first }
  }
  if (compiler) return { name, env: compiler.command === 'gcc' ? env : { ...env, CC: compiler.command } }
  session.report.note(
    'there is no C compiler here: it is built without cgo for this machine; its grafts are not affected',
  )
  return { name, env: { ...env, CGO_ENABLED: '0' } }
}

/** The release itself says what it needs. @throws GonativeError BOOTSTRAP_TOO_OLD */
async function checkBootstrap(goroot: string, version: string, by: Compiler): Promise<void> {
  const text = await readFile(join(goroot, 'src/cmd/dist/buildtool.go'), 'utf8').catch(() => '')
  const least = leastIn(text)
  if (least === undefined || !isBefore(by.version, least)) return
  throw new GonativeError(
    'BOOTSTRAP_TOO_OLD',
    `go ${version} wants go ${least} or later to compile it, not ${by.version}`,
    {
      hint: `gonative install ${least}, then the same command again.`,
    },
  )
}

/** What make.bash stops without, and a toolchain module's zip leaves out: up to 1.3 a script that it copies into pkg/tool. */
async function fillGaps(goroot: string, version: string): Promise<void> {
  if (!isBefore(version, '1.4beta1')) return
  const script = `#!/bin/sh\necho 'pprof is not in the source that this Go was built from' >&2\nexit 1\n`
  await mkdir(join(goroot, 'misc'), { recursive: true })
  await writeFile(join(goroot, 'misc/pprof'), script, { flag: 'wx', mode: 0o755 }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  })
}
