import type { Register } from 'gonative/contract'

/** One strategy: the runtime's generated files, as the target's own distribution has them. A part of others. */
const register: Register = () => [
  { kind: 'strategy', id: 'z-files', priority: 47, load: () => import('./strategy.js') },
]

export default register
