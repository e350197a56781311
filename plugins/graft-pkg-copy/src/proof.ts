/**
 * The proof: the go command itself is asked which standard packages it would compile. It sees the toolchain through a
 * GOROOT of links whose one directory of its own is the target's packages, so that nothing is proven in the toolchain.
 */
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context, Target, Toolchain } from 'gonative/contract'

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
 * @param packages the directory of the target's compiled packages
 * @param env what a build for the target has, beside GOOS and GOARCH
 */
export async function prover(
  { toolchain, target, packages, work }: { toolchain: Toolchain; target: Target; packages: string; work: string },
  env: Record<string, string>,
  context: Pick<Context, 'run'>,
): Promise<Prover> {
  const root = join(work, 'goroot')
  await mkdir(join(root, 'pkg'), { recursive: true })
  await mkdir(join(work, 'empty'))
  for (const path of ['bin', 'src', 'VERSION', 'include', 'pkg/tool', 'pkg/include']) {
    await symlink(join(toolchain.path, path), join(root, path))
  }
  await symlink(packages, join(root, 'pkg', `${target.goos}_${target.goarch}`))
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
  const go = (args: string[]) => context.run(join(toolchain.path, 'bin', 'go'), args, { env: all })
  return {
    async stale() {
      const ran = await go(['list', '-f', `{{if .Stale}}{{.ImportPath}}\t${reasonOf(toolchain.version)}{{end}}`, 'std'])
      if (ran.code !== 0) throw new Error(`go list failed: ${ran.stderr.trim()}`)
      const lines = ran.stdout.split('\n').filter((line) => line !== '')
      const stale = lines.map((line) => {
        const [path = '', reason = ''] = line.split('\t')
        return { path, reason }
      })
      // To Go ≤ 1.4 its own commands are standard packages too.
      return stale.filter(({ path }) => !path.startsWith('cmd/'))
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
