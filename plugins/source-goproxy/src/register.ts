import type { Register } from 'gonative/contract'

/** Go as the module `golang.org/toolchain`, through the user's own GOPROXY. */
const register: Register = async () => [
  { kind: 'source', id: 'goproxy', priority: 30, load: () => import('./source.js') },
]

export default register
