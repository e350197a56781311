import type { Register } from 'gonative/contract'

/** The official download index, and old archives kept elsewhere. */
const register: Register = async () => [
  { kind: 'source', id: 'go-index', priority: 40, load: () => import('./source.js') },
]

export default register
