import type { Register } from 'gonative/contract'

/**
 * Strategies for what the user has and nobody may hand on, or nobody has packed: Android's NDK, and copies of a system's
 * files. Before the other strategies, since what the user names is meant; they refuse when nothing was named.
 */
const register: Register = () => [
  { kind: 'strategy', id: 'android-ndk', priority: 40, load: () => import('./android.js') },
  { kind: 'strategy', id: 'sysroot', priority: 45, load: () => import('./sysroot.js') },
]

export default register
