/** Registers the verifier of detached minisign signatures. */
import type { Register } from 'gonative/contract'

const register: Register = () => [
  { kind: 'verifier', id: 'minisign', priority: 50, load: () => import('./verifier.js') },
]
export default register
