import type { Register } from 'gonative/contract'

/** One strategy: zig's C compiler and C libraries for whatever target it has them for. */
const register: Register = () => [{ kind: 'strategy', id: 'zig-cc', priority: 50, load: () => import('./strategy.js') }]

export default register
