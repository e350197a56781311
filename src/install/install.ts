/** Install: the whole pipeline as one operation. Its steps are the other files of this folder. */
import type { Target } from '../contract/index.js'
import { exitCodes, GonativeError } from '../errors.js'
import { layInto } from '../store/laid.js'
import { readReceipt, type MissingGraft, type Receipt } from '../store/receipt.js'
import { formatTarget } from '../target/target.js'
import type { Spec } from '../version/spec.js'
import { addGrafts } from './graft/add.js'
import { graftsLock } from './graft/apply.js'
import { wantedTargets } from './graft/default-targets.js'
import type { Take } from './build.js'
import { ensure, ensureNeeds, ensureOnlyNeeds } from './ensure.js'
import { expose } from './expose.js'
import type { Located } from './locate.js'
import { leftOut, makeGrafts } from './graft/make.js'
import { mend } from './mend.js'
import type { Wanted } from './graft/plan.js'
import { resolve } from './resolve.js'
import type { Session } from './session.js'

export interface InstallRequest {
  spec: Spec
  /** `default`: every target that a strategy serves; a list: those or an error; `none`: Go alone. */
  targets: 'default' | 'none' | Target[]
  strategy?: string | undefined
  source?: string | undefined
  allowUnverified: boolean
  /** For what is not a release's archive as it is: where its parts are, and what makes a tree of them. */
  from?: { located: Located; take: Take }
}

export interface Installed {
  receipt: Receipt
  /** False when it was there already. */
  made: boolean
  /** Of the targets that were named, those for which no graft could be made. */
  missing: MissingGraft[]
}

/** Installs one Go version. @throws GonativeError, with the store as it was before. */
export async function install(request: InstallRequest, session: Session): Promise<Installed> {
  await mend(session)
  const { spec } = request
  const there =
    spec.kind === 'exact' ? await readReceipt(session.layout, { tool: 'go', version: spec.version }) : undefined
  const installed = there ? { receipt: there, made: false, missing: [] } : await make(request, session)
  if (!installed.made && Array.isArray(request.targets)) {
    const wanted = await wantedTargets(installed.receipt, request, session)
    Object.assign(installed, await addGrafts(installed.receipt, wanted, session, request.allowUnverified))
  }
  await expose(session, { defaultIfNone: installed.receipt.version })
  return installed
}

async function make(request: InstallRequest, session: Session): Promise<Installed> {
  const located = request.from?.located ?? (await resolve(request.spec, session, request.source))
  const { release } = located
  const { allowUnverified } = request
  if (await readReceipt(session.layout, release)) {
    return { ...(await ensure(located, session, { allowUnverified })), missing: [] }
  }
  // The compilers first: when they can't be had, that is known before Go itself is downloaded.
  const wanted = await withNeeds(await wantedTargets(release, request, session), request, session)
  let missing: MissingGraft[] = []
  const ensured = await ensure(located, session, {
    allowUnverified,
    ...(request.from === undefined ? {} : { take: request.from.take }),
    finish: (tree, seal) =>
      session.lock(graftsLock, async () => {
        await ensureOnlyNeeds(wanted, session, allowUnverified) // a collection may have come in between
        const outcome = await makeGrafts(wanted, { ...release, path: tree }, session, allowUnverified)
        const [first] = outcome.missing
        if (first && outcome.made.length === 0 && request.targets !== 'default') throw first.error
        missing = outcome.missing.map(({ target, reason }) => ({ target, reason }))
        if (request.targets === 'default' && missing.length > 0) {
          session.report.note(leftOut(missing))
          missing = []
        }
        await layInto(session.layout, tree, outcome.made)
        return seal(outcome.made, missing)
      }),
  })
  return { ...ensured, missing }
}

/**
 * Installs what plans need, and returns the plans. Of the default targets those are left out, with a word, whose compiler
 * no source has (a version that only they need, say); when that is all of them, it is an error as it is for named targets.
 */
async function withNeeds(wanted: Wanted[], request: InstallRequest, session: Session): Promise<Wanted[]> {
  const had: Wanted[] = []
  const missing = new Map<string, { error: GonativeError; targets: string[] }>()
  for (const each of wanted) {
    const [best, ...others] = each.plans
    if (!best) continue
    const needs = JSON.stringify(best.plan.needs)
    const known = missing.get(needs)
    if (known && others.length === 0) {
      known.targets.push(formatTarget(best.plan.target))
      continue
    }
    try {
      // With other plans left, what is missing now is no reason yet to do without the target.
      if (others.length === 0) await ensureNeeds(best.plan, session, request.allowUnverified)
      had.push(each)
    } catch (error) {
      if (!(error instanceof GonativeError) || !cannotBeHad(error)) throw error
      if (request.targets !== 'default') throw withoutCompiler(error)
      missing.set(needs, { error, targets: [formatTarget(best.plan.target)] })
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
