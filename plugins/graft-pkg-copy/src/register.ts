import type { Register } from 'gonative/contract'

/** One strategy: the standard library as the target's own distribution has it. Before those that compile it. */
const register: Register = () => [
  { kind: 'strategy', id: 'pkg-copy', priority: 48, load: () => import('./strategy.js') },
]

export default register
