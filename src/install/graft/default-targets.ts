/** What `install` grafts, and by which plans, when the user does not say more. */
import type { Release, Target } from '../../contract/index.js'
import { platformsOf } from '../../target/platforms.js'
import { compareVersions, parseVersion } from '../../version/version.js'
import type { Session } from '../session.js'
import { planAll, planGraft, type Wanted } from './plan.js'

/** Up to 1.4 a target is more than a C compiler: the six that the first gonative grafted, each a download of its own. */
const original = ['linux/386', 'linux/amd64', 'darwin/amd64', 'windows/386', 'windows/amd64', 'freebsd/amd64']
const lastOriginal = '1.5beta1'

/**
 * The targets to graft, with their plans: for a list exactly those, for `default` every target that a strategy serves
 * with no more downloads than its compiler (up to 1.4 the original six). A strategy that is named may download what it needs.
 * @throws GonativeError GRAFT_IMPOSSIBLE for a target of a list
 */
export async function wantedTargets(
  release: Release,
  { targets, strategy }: { targets: 'default' | 'none' | Target[]; strategy?: string | undefined },
  session: Session,
): Promise<Wanted[]> {
  if (targets === 'none') return []
  const free = strategy !== undefined || isOld(release.version)
  if (targets !== 'default') {
    const wanted = await Promise.all(targets.map((target) => planGraft(release, target, session, strategy)))
    return free ? wanted : wanted.map(({ target, plans }) => ({ target, plans: withoutDownloadsFirst(plans) }))
  }
  const platforms = platformsOf(release.version).filter(
    ({ goos, goarch, cgo }) => cgo && (!isOld(release.version) || original.includes(`${goos}/${goarch}`)),
  )
  const all = await Promise.all(
    platforms.map(async ({ goos, goarch }) => {
      const answers = await planAll(release, { goos, goarch }, session, strategy)
      const plans = answers.filter((answer) => 'plan' in answer)
      return { target: { goos, goarch }, plans: free ? plans : plans.filter((each) => !downloads(each)) }
    }),
  )
  return all.filter(({ plans }) => plans.length > 0)
}

function isOld(version: string): boolean {
  const [parsed, last] = [parseVersion(version), parseVersion(lastOriginal)]
  return parsed !== undefined && last !== undefined && compareVersions(parsed, last) < 0
}

function withoutDownloadsFirst(plans: Wanted['plans']): Wanted['plans'] {
  return [...plans.filter((each) => !downloads(each)), ...plans.filter(downloads)]
}

function downloads({ plan }: Wanted['plans'][number]): boolean {
  return (plan.distributions ?? []).length > 0
}
