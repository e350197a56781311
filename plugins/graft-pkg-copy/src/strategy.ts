/** The strategy `pkg-copy`: the standard library as it was compiled on the target, from the target's own distribution. */
import { access, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  Context,
  Grafted,
  Host,
  Plan,
  Refusal,
  Release,
  Site,
  Strategy,
  Target,
  Toolchain,
} from 'gonative/contract'
import { copyPackages, touchPackages } from './copy.js'
import { defaultCompiler, generated, subArchitecture } from './defaults.js'
import { compareLines, letters, oneCompiler, published, servedOtherwise, without } from './platforms.js'
import { prover, type Stale } from './proof.js'

const strategy: Strategy = {
  plan(toolchain: Release, target: Target, host: Host): Plan | Refusal {
    const { goos, goarch } = target
    const first = published[`${goos}/${goarch}`]
    if (toolchain.tool !== 'go') return { refused: `pkg-copy is for Go toolchains, not for ${toolchain.tool}` }
    if (compareLines(toolchain.version, without.go) >= 0) {
      return { refused: `from Go ${without.go} on distributions have no compiled standard library`, see: without.see }
    }
    if (goos === host.os && goarch === host.arch) return { refused: "its packages are the toolchain's own" }
    const { version } = toolchain
    const unpublished =
      first === undefined || compareLines(version, first) < 0
        ? `Go ${version} has no official distribution for it`
        : undefined
    if (unpublished !== undefined && compareLines(version, servedOtherwise) >= 0) return { refused: unpublished }
    if (target.libc !== undefined) {
      return { refused: `the official distribution's C library can't be chosen: ${target.libc} was asked for` }
    }
    const keep = ['VERSION', `pkg/${goos}_${goarch}/**`, ...generated]
    const distribution = { release: { tool: 'go', version }, host: { os: goos, arch: goarch }, keep }
    const plan = {
      name: `pkg-${version}-${goos}-${goarch}`,
      target,
      needs: [],
      distributions: [{ ...distribution, ...(unpublished === undefined ? {} : { unpublished }) }],
    }
    if (compareLines(version, oneCompiler) >= 0) return plan
    if (letters[goarch] === undefined) return { refused: unpublished ?? `Go ${version} has no compilers for ${goarch}` }
    return { ...plan, after: [...(goarch === host.arch ? [] : ['target-compilers']), 'z-files'] }
  },

  async apply(plan: Plan, site: Site, context: Context): Promise<Grafted | Refusal> {
    const { target } = plan
    const { toolchain, directory } = site
    const [distribution] = site.distributions
    if (distribution === undefined) throw new Error(`pkg-copy can't carry out the plan ${plan.name}`)
    const problem = await foreign(distribution, toolchain)
    if (problem) return problem
    const built = await subArchitecture(distribution, target.goarch)
    const asked = askedFor(target)
    if (asked !== undefined && asked !== built?.value) {
      return {
        refused: `the official packages are for ${built?.name ?? 'an unknown variant,'} ${built?.value ?? ''}, not ${asked}`,
      }
    }
    const packages = join(directory, 'goroot', 'pkg', `${target.goos}_${target.goarch}`)
    await copyPackages(join(distribution, 'pkg', `${target.goos}_${target.goarch}`), packages)
    const pure = !(await exists(join(packages, 'runtime', 'cgo.a')))
    // From 1.5 on another strategy can do better. Up to 1.4 none can, and the standard library is there to be used.
    if (pure && compareLines(toolchain.version, oneCompiler) >= 0) return { refused: compiledWithout }
    const env = {
      CGO_ENABLED: pure ? '0' : '1',
      ...(built === undefined ? {} : { [built.name]: built.value }),
      ...(await compilerName(distribution, toolchain, target)),
    }
    const work = join(directory, 'work')
    const refusal = await prove({ toolchain, target, goroot: join(directory, 'goroot'), work }, env, context)
    await rm(work, { recursive: true, force: true })
    if (refusal) return refusal
    await touchPackages(packages)
    return { env, ...(pure ? { withoutCgo: compiledWithout } : {}) }
  },
}

const compiledWithout = 'the distribution was compiled without cgo'

/** The value of the variable that chooses the target's variant, where the target names one. */
function askedFor({ goarch, variant }: Target): string | undefined {
  return goarch === 'arm' ? variant?.replace(/^v/, '') : variant
}

async function foreign(distribution: string, { version }: Toolchain): Promise<Refusal | undefined> {
  const text = await readFile(join(distribution, 'VERSION'), 'utf8').catch(() => '')
  const said = text.split('\n')[0]?.trim() ?? ''
  return said === `go${version}`
    ? undefined
    : { refused: `the distribution says that it is ${said || 'of no version'}` }
}

/** CC, only where this toolchain would take a compiler of another name than the one that the packages were made with. */
async function compilerName(
  distribution: string,
  toolchain: Toolchain,
  target: Target,
): Promise<Record<string, string>> {
  const platform = `${target.goos}/${target.goarch}`
  const [theirs, ours] = [
    await defaultCompiler(distribution, platform),
    await defaultCompiler(toolchain.path, platform),
  ]
  return theirs === undefined || theirs === ours ? {} : { CC: theirs }
}

/**
 * Packages with a source file that each distribution's build writes for its own host: from 1.17 on go/build and what is
 * about Go's syntax import buildcfg. They have no C, and are compiled here from this toolchain's source.
 */
const hostsOwn = ['internal/buildcfg', 'go/build']

/** Undefined when the go command would compile no standard package. */
async function prove(
  place: Parameters<typeof prover>[0],
  env: Record<string, string>,
  context: Context,
): Promise<Refusal | undefined> {
  const packages = join(place.goroot, 'pkg', `${place.target.goos}_${place.target.goarch}`)
  await touchPackages(packages)
  const go = await prover(place, env, context)
  const stale = await go.stale()
  if (stale.length === 0) return undefined
  const roots = stale.filter(({ reason }) => !reason.startsWith('stale dependency'))
  if (!roots.every(({ path }) => hostsOwn.includes(path))) return refusal(stale, roots)
  const failed = await go.install(stale.map(({ path }) => path))
  if (failed !== undefined)
    return { refused: `${roots.map(({ path }) => path).join(' and ')} can't be compiled: ${failed}` }
  await touchPackages(packages)
  const still = await go.stale()
  return still.length === 0 ? undefined : refusal(still, still)
}

function refusal(stale: Stale[], [root]: Stale[]): Refusal {
  const why = root === undefined ? '' : `: ${root.path}${root.reason === '' ? '' : ` (${root.reason})`}`
  return { refused: `go would compile ${stale.length} standard packages all the same${why}` }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

export default strategy
