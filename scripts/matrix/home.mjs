// The matrix's own home, in .cache.
import { join } from 'node:path'
import { ownHome } from '../own-home.mjs'
import { root } from '../steps.mjs'

/** `GONATIVE_MATRIX` moves what a run keeps: the toolchain, caches and the results so far. */
export const { directory, environment, gonative, install } = ownHome(
  process.env.GONATIVE_MATRIX ?? join(root, '.cache', 'matrix'),
)
