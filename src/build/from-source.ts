/** Install from source: follows a plan step by step. What is built on the way is kept, so that who was stopped goes on from there. */
import { ensure } from '../install/ensure.js'
import { build, type Take } from '../install/build.js'
import { install, type Installed, type InstallRequest } from '../install/install.js'
import type { Located } from '../install/locate.js'
import type { Session } from '../install/session.js'
import { compareTree } from '../store/compare.js'
import { KeptLayout } from '../store/kept.js'
import { readReceipt, removeReceipt, type Receipt } from '../store/receipt.js'
import { originOf } from './at-hand.js'
import type { Compiler } from './chain.js'
import { compiled, type Compiling } from './compile.js'
import type { PlannedStep, SourcePlan } from './plan.js'

export interface FromSource extends Installed {
  /** In the plan's order. */
  steps: DoneStep[]
}

export interface DoneStep {
  version: string
  did: 'found' | 'installed' | 'built'
  /** What compiled it; absent for what was not built now. */
  with?: string
  /** That make.bash took; 0 for what was not built now. */
  seconds: number
}

/** Carries a plan out. @throws GonativeError; what earlier steps have built stays, and is found by the next try. */
export async function installFromSource(
  { version, steps }: SourcePlan,
  request: Omit<InstallRequest, 'spec' | 'source' | 'from'>,
  session: Session,
): Promise<FromSource> {
  const done: DoneStep[] = []
  const spec = { kind: 'exact', text: version, version } as const
  const last = steps.at(-1)
  if (!last?.located) return { ...(await install({ ...request, spec }, session)), steps: done }
  const { located } = last
  const { allowUnverified } = request
  const take: Take = async (staging) => {
    let by: Compiler | undefined
    for (const [at, step] of steps.slice(0, -1).entries()) {
      by = await carryOut(step, by, session, allowUnverified, done)
      tell(done.at(-1), at + 1, steps.length, session)
    }
    const final = session.layout.toolchain(located.release)
    const taken = await compiled({ located, by, final, onTheWay: false, allowUnverified }, session)(staging)
    if (taken.built) done.push({ version, did: 'built', ...taken.built })
    tell(done.at(-1), steps.length, steps.length, session)
    return taken
  }
  return { ...(await install({ ...request, spec, from: { located, take } }, session)), steps: done }
}

/** One step that only leads to the next. @returns the Go that it comes to. */
async function carryOut(
  step: PlannedStep,
  by: Compiler | undefined,
  session: Session,
  allowUnverified: boolean,
  done: DoneStep[],
): Promise<Compiler> {
  const { version } = step
  if (step.do === 'have') {
    done.push({ version, did: 'found', seconds: 0 })
    return step
  }
  if (!step.located) throw new Error(`no archive was planned for go ${version}`)
  if (step.do === 'install') {
    const { receipt } = await ensure(step.located, session, { allowUnverified })
    done.push({ version, did: 'installed', seconds: 0 })
    return compilerOf(receipt, session.layout.toolchain(receipt))
  }
  return keep(step.located, by, session, allowUnverified, done)
}

/** Builds what only leads to the next, unless another process has done it meanwhile. */
async function keep(
  located: Located,
  by: Compiler | undefined,
  session: Session,
  allowUnverified: boolean,
  done: DoneStep[],
): Promise<Compiler> {
  const { release } = located
  const layout = new KeptLayout(session.layout.home, originOf(by?.fromC ?? true))
  const lockName = layout.lockOf(release)
  const final = layout.toolchain(release)
  return session.lock(lockName, async () => {
    const there = await readReceipt(layout, release)
    if (there && (await compareTree(layout, there)).length === 0) {
      done.push({ version: release.version, did: 'found', seconds: 0 })
      return compilerOf(there, final)
    }
    if (there) await removeReceipt(layout, release)
    const job: Compiling = { located, by, final, onTheWay: true, allowUnverified }
    const take = compiled(job, session)
    const receipt = await build(located, { ...session, layout }, { allowUnverified, lockName, take })
    done.push({ version: release.version, did: 'built', ...receipt.built, seconds: receipt.built?.seconds ?? 0 })
    return compilerOf(receipt, final)
  })
}

function compilerOf({ version, built, verified }: Receipt, path: string): Compiler {
  return { version, path, fromC: built?.fromC ?? false, doubtful: verified.length === 0 }
}

function tell(step: DoneStep | undefined, number: number, of: number, { report }: Session): void {
  if (!step) return
  const how = step.did === 'built' ? `built with ${step.with ?? '?'} in ${step.seconds} s` : step.did
  report.note(`[${number}/${of}] go ${step.version}: ${how}`)
}
