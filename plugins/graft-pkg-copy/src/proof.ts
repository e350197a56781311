/**
 * The proof: the go command itself is asked which standard packages it would compile. It sees the toolchain through a
 * GOROOT of links into it and into the graft, so that nothing is proven in the toolchain.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context, RunResult, Target, Toolchain } from 'gonative/contract'
import { linkTogether } from './linked-tree.js'
import { compareLines, oneCompiler } from './platforms.js'

export interface Stale {
  path: string
  /** In the go command's words, `build ID mismatch`; empty up to 1.9's first releases. */
  reason: string
}

/** A go command for the target that finds no C compiler. */
export interface Prover {
  stale(): Promise<Stale[]>
  /** Compiles packages into the target's directory. @returns what went wrong, if anything */
  install(paths: string[]): Promise<string | undefined>
}

/**
 * @param work an empty directory for the links and caches
 * @param goroot what the graft has for the toolchain's tree
 * @param env what a build for the target has, beside GOOS and GOARCH
 */
export async function prover(
  { toolchain, target, goroot, work }: { toolchain: Toolchain; target: Target; goroot: string; work: string },
  env: Record<string, string>,
  context: Pick<Context, 'run'>,
): Promise<Prover> {
  const root = join(work, 'goroot')
  await mkdir(join(work, 'empty'), { recursive: true })
  await linkTogether(root, { first: goroot, second: toolchain.path }, `pkg/${target.goos}_${target.goarch}`)
  // Empty is not set, to Go: what the user has set for their own builds must not decide here.
  const unset = [
    'GOFLAGS',
    'GOEXPERIMENT',
    'CC',
    'CGO_CFLAGS',
    'CGO_CPPFLAGS',
    'CGO_CXXFLAGS',
    'CGO_FFLAGS',
    'CGO_LDFLAGS',
  ]
  const all = {
    ...Object.fromEntries(
      [...unset, 'GO386', 'GOAMD64', 'GOARM', 'GOPPC64', 'GOTOOLDIR', 'GOBIN'].map((name) => [name, '']),
    ),
    GOENV: 'off',
    GOROOT: root,
    GOPATH: join(work, 'gopath'),
    GOCACHE: join(work, 'cache'),
    GO111MODULE: 'off',
    HOME: work,
    PATH: join(work, 'empty'),
    GOOS: target.goos,
    GOARCH: target.goarch,
    ...env,
  }
  const go = async (args: string[], goroot = root): Promise<RunResult> =>
    context.run(join(toolchain.path, 'bin', 'go'), args, { env: { ...all, GOROOT: goroot } })
  const list = async (args: string[], goroot?: string): Promise<string[]> => {
    const ran = await go(['list', ...args], goroot)
    if (ran.code !== 0) throw new Error(`go list failed: ${ran.stderr.trim()}`)
    return ran.stdout.split('\n').filter((line) => line !== '')
  }
  // The runtime's directory is one of links up to 1.4, beside links to directories, which the go command does not walk
  // through for `std`. To those versions its own commands are standard packages too.
  const named = compareLines(toolchain.version, oneCompiler) < 0 ? await list(['std'], toolchain.path) : ['std']
  const packages = named.filter((path) => !path.startsWith('cmd/'))
  return {
    async stale() {
      const format = `{{if .Stale}}{{.ImportPath}}\t${reasonOf(toolchain.version)}{{end}}`
      const lines = await list(['-f', format, ...packages])
      return lines.map((line) => {
        const [path = '', reason = ''] = line.split('\t')
        return { path, reason }
      })
    },
    async install(paths) {
      const ran = await go(['install', ...paths])
      return ran.code === 0 ? undefined : ran.stderr.trim()
    },
  }
}

/** Packages have a reason since 1.8. */
function reasonOf(version: string): string {
  return Number(/^1\.(\d+)/.exec(version)?.[1] ?? 0) >= 8 ? '{{.StaleReason}}' : ''
}
