import type { Register } from 'gonative/contract'

/** One strategy: the compilers of the target's machine, from the toolchain's own source. A part of others. */
const register: Register = () => [
  { kind: 'strategy', id: 'target-compilers', priority: 47, load: () => import('./strategy.js') },
]

export default register
