/** Registers the verifier that asks a checksum database. */
import type { Register } from 'gonative/contract'

const register: Register = () => [{ kind: 'verifier', id: 'sumdb', priority: 50, load: () => import('./verifier.js') }]
export default register
