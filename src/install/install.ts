/** Install: the whole pipeline as one operation. Its steps are the other files of this folder. */
import type { Release, Target } from '../contract/index.js'
import { exitCodes, GonativeError } from '../errors.js'
import { readReceipt, type GraftReceipt, type Receipt } from '../store/receipt.js'
import { sweep } from '../store/staging.js'
import { platformsOf } from '../target/platforms.js'
import { formatTarget } from '../target/target.js'
import type { Spec } from '../version/spec.js'
import { ensure, ensureNeeds } from './ensure.js'
import { expose } from './expose.js'
import { addGrafts } from './add-grafts.js'
import { applyGraft, graftsLock, planAll, planGraft, type Planned } from './graft.js'
import { resolve } from './resolve.js'
import type { Session } from './session.js'

export interface InstallRequest {
  spec: Spec
  /** `default`: every target that a strategy serves; a list: those or an error; `none`: Go alone. */
  targets: 'default' | 'none' | Target[]
  strategy?: string | undefined
  source?: string | undefined
  allowUnverified: boolean
}

export interface Installed {
  receipt: Receipt
  /** False when it was there already. */
  made: boolean
}

/** Installs one Go version. @throws GonativeError, with the store as it was before. */
export async function install(request: InstallRequest, session: Session): Promise<Installed> {
  await sweep(session.layout)
  const { spec } = request
  const there =
    spec.kind === 'exact' ? await readReceipt(session.layout, { tool: 'go', version: spec.version }) : undefined
  const installed = there ? { receipt: there, made: false } : await make(request, session)
  if (!installed.made && Array.isArray(request.targets)) {
    const plans = await planTargets(installed.receipt, request, session)
    installed.receipt = await addGrafts(installed.receipt, plans, session, request.allowUnverified)
  }
  await expose(session, { defaultIfNone: installed.receipt.version })
  return installed
}

async function make(request: InstallRequest, session: Session): Promise<Installed> {
  const located = await resolve(request.spec, session, request.source)
  const { release } = located
  const { allowUnverified } = request
  if (await readReceipt(session.layout, release)) return ensure(located, session, { allowUnverified })
  // The compilers first: when they can't be had, that is known before Go itself is downloaded.
  const plans = await withNeeds(await planTargets(release, request, session), request, session)
  return ensure(located, session, {
    allowUnverified,
    finish: (tree, seal) =>
      session.lock(graftsLock, async () => {
        await ensureAllNeeds(plans, session, allowUnverified) // a collection may have come in between
        const grafts: GraftReceipt[] = []
        for (const planned of plans) grafts.push(await applyGraft(planned, { ...release, path: tree }, session))
        return seal(grafts)
      }),
  })
}

/**
 * Installs what plans need, and returns the plans. Of the default targets those are left out, with a word, whose compiler
 * no source has (a version that only they need, say); when that is all of them, it is an error as it is for named targets.
 */
async function withNeeds(plans: Planned[], request: InstallRequest, session: Session): Promise<Planned[]> {
  const had: Planned[] = []
  const missing = new Map<string, { error: GonativeError; targets: string[] }>()
  for (const planned of plans) {
    const needs = JSON.stringify(planned.plan.needs)
    const known = missing.get(needs)
    if (known) {
      known.targets.push(formatTarget(planned.plan.target))
      continue
    }
    try {
      await ensureNeeds(planned.plan, session, request.allowUnverified)
      had.push(planned)
    } catch (error) {
      if (!(error instanceof GonativeError) || !cannotBeHad(error)) throw error
      if (request.targets !== 'default') throw withoutCompiler(error)
      missing.set(needs, { error, targets: [formatTarget(planned.plan.target)] })
    }
  }
  const [first] = missing.values()
  if (first && had.length === 0) throw withoutCompiler(first.error)
  for (const { error, targets } of missing.values()) {
    session.report.note(`left out ${targets.join(' ')}: ${error.message}`)
  }
  return had
}

function cannotBeHad({ exit }: GonativeError): boolean {
  return exit === exitCodes.unreachable || exit === exitCodes.missing
}

/** Go itself may well be there when the compilers can't be reached: says how to have it alone. */
function withoutCompiler(error: GonativeError): GonativeError {
  return new GonativeError(error.code, `the cross targets' compiler can't be had: ${error.message}`, {
    exit: error.exit === exitCodes.missing ? 'missing' : 'unreachable',
    hint: `${error.hint ?? ''} Or install Go without cross targets: add --bare.`.trim(),
    cause: error,
  })
}

/** What to graft: for `default` whatever is possible, for a list exactly that. */
export async function planTargets(
  release: Release,
  { targets, strategy }: Pick<InstallRequest, 'targets' | 'strategy'>,
  session: Session,
): Promise<Planned[]> {
  if (targets === 'none') return []
  if (targets !== 'default') {
    return Promise.all(targets.map((target) => planGraft(release, target, session, strategy)))
  }
  const platforms = platformsOf(release.version).filter((platform) => platform.cgo)
  const answers = await Promise.all(
    platforms.map(({ goos, goarch }) => planAll(release, { goos, goarch }, session, strategy)),
  )
  return answers.flatMap((all) => all.filter((answer) => 'plan' in answer).slice(0, 1))
}

/** Installs what any of the plans needs, each once. */
export async function ensureAllNeeds(plans: Planned[], session: Session, allowUnverified: boolean): Promise<void> {
  for (const { plan } of plans) await ensureNeeds(plan, session, allowUnverified)
}
