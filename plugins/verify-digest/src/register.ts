/** Registers the verifier of published digests. */
import type { Register } from 'gonative/contract'

const register: Register = () => [{ kind: 'verifier', id: 'digest', priority: 50, load: () => import('./verifier.js') }]
export default register
