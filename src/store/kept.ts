/**
 * Builds that are kept: what a chain of compilers built on the way to the version that was asked for. They lie in the
 * store's cache by the rules of toolchains, with manifest and receipt, but are none: nothing lists or uses them, and they
 * can be deleted at any time. Those that began with C lie apart from those that began with a published Go.
 */
import { join } from 'node:path'
import type { Release } from '../contract/index.js'
import { Layout } from './layout.js'

export const origins = ['from-c', 'from-go'] as const
export type Origin = (typeof origins)[number]

export class KeptLayout extends Layout {
  constructor(
    home: string,
    readonly origin: Origin,
  ) {
    super(home)
  }

  override roomOf(): string {
    return join(this.cache, 'built', this.origin)
  }

  /** The lock that a kept build is made, used and removed under. */
  lockOf(release: Release): string {
    return `built-${this.origin}-${Layout.nameOf(release)}`
  }
}
