import type { Register } from 'gonative/contract'

/** Directories and web servers of the user's that hold official file names. */
const register: Register = async () => [
  { kind: 'source', id: 'mirror', priority: 10, load: () => import('./source.js') },
]

export default register
