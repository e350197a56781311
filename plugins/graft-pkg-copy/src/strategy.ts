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
import { compareLines, letters, oneCompiler, published, without } from './platforms.js'
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
    if (first === undefined || compareLines(toolchain.version, first) < 0) {
      return { refused: `Go ${toolchain.version} has no official distribution for it` }
    }
    if (target.libc !== undefined) {
      return { refused: `the official distribution's C library can't be chosen: ${target.libc} was asked for` }
    }
    const keep = ['VERSION', `pkg/${goos}_${goarch}/**`, ...generated]
    const release = { tool: 'go', version: toolchain.version }
    const distributions = [{ release, host: { os: goos, arch: goarch }, keep }]
    return { name: `pkg-${toolchain.version}-${goos}-${goarch}`, target, needs: [], distributions }
  },

  async apply(plan: Plan, site: Site, context: Context): Promise<Grafted | Refusal> {
    const { target } = plan
    const { toolchain, directory } = site
    const [distribution] = site.distributions
    if (distribution === undefined) throw new Error(`pkg-copy can't carry out the plan ${plan.name}`)
    const problem = (await foreign(distribution, toolchain)) ?? (await lackingCompiler(toolchain, target, context))
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
    if (!(await exists(join(packages, 'runtime', 'cgo.a'))))
      return { refused: 'the distribution was compiled without cgo' }
    const env = {
      CGO_ENABLED: '1',
      ...(built === undefined ? {} : { [built.name]: built.value }),
      ...(await compilerName(distribution, toolchain, target)),
    }
    const work = join(directory, 'work')
    const refusal = await prove({ toolchain, target, packages, work }, env, context)
    await rm(work, { recursive: true, force: true })
    if (refusal) return refusal
    await touchPackages(packages)
    return { env }
  },
}

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

/** Up to 1.4 each machine has compilers of its own, and a distribution has its host's. */
async function lackingCompiler(toolchain: Toolchain, target: Target, { host }: Context): Promise<Refusal | undefined> {
  if (compareLines(toolchain.version, oneCompiler) >= 0) return undefined
  const compiler = `${letters[target.goarch] ?? ''}g${host.os === 'windows' ? '.exe' : ''}`
  if (await exists(join(toolchain.path, 'pkg', 'tool', `${host.os}_${host.arch}`, compiler))) return undefined
  return {
    refused: `Go ${toolchain.version} compiles for ${target.goarch} with ${compiler}, which this toolchain does not have`,
  }
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
  await touchPackages(place.packages)
  const go = await prover(place, env, context)
  const stale = await go.stale()
  if (stale.length === 0) return undefined
  const roots = stale.filter(({ reason }) => !reason.startsWith('stale dependency'))
  if (!roots.every(({ path }) => hostsOwn.includes(path))) return refusal(stale, roots)
  const failed = await go.install(stale.map(({ path }) => path))
  if (failed !== undefined)
    return { refused: `${roots.map(({ path }) => path).join(' and ')} can't be compiled: ${failed}` }
  await touchPackages(place.packages)
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
