/**
 * What gonative and its plugins say to each other: types, and one number. It imports nothing of gonative.
 *
 * A plugin is an oclif plugin with one hook, `gonative:register`. The hook is given `{apiVersion}` and returns
 * descriptors; it does no I/O. What a descriptor loads *plans* or *judges*; only the core downloads, unpacks, locks
 * and renames, so that no plugin can leave verification out.
 */

import type { Source, Strategy, Verifier } from './offers.js'

export type * from './context.js'
export type * from './offers.js'
export type * from './words.js'

/** Raised when a plugin written for the number before would no longer work. */
export const apiVersion = 1

/** The hook's options, as the core hands them to every plugin. */
export interface RegisterOptions {
  apiVersion: number
}

/** The hook: returns what the plugin offers. Pure, synchronous or not, no I/O. */
export type Register = (options: RegisterOptions) => Descriptor[] | Promise<Descriptor[]>

export type Descriptor = SourceDescriptor | VerifierDescriptor | StrategyDescriptor

/** Lower `priority` goes first; 50 is usual. `id` is unique among everything of its kind. */
interface Describes<Kind extends string, Offer> {
  kind: Kind
  id: string
  priority: number
  /** Imports the implementation: `() => import('./source.js')`, whose default export is the offer. */
  load: () => Promise<{ default: Offer }>
}
export type SourceDescriptor = Describes<'source', Source>
export type VerifierDescriptor = Describes<'verifier', Verifier>
export type StrategyDescriptor = Describes<'strategy', Strategy>
