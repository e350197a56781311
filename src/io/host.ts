/** The machine in Go's names, from Node's (https://nodejs.org/api/process.html, https://go.dev/doc/install/source). */
import type { Host } from '../contract/index.js'

const systems: Record<string, string> = { win32: 'windows', sunos: 'solaris', cygwin: 'windows' }

const machines: Record<string, string> = { x64: 'amd64', ia32: '386', mipsel: 'mipsle', ppc64: 'ppc64le' }

/**
 * GOOS and GOARCH of a machine that Node calls `platform` and `arch`. Node says `ppc64` for both byte orders; only
 * AIX is big-endian there.
 */
export function hostOf(platform: string, arch: string): Host {
  const os = systems[platform] ?? platform
  if (os === 'aix') return { os, arch: 'ppc64' }
  return { os, arch: machines[arch] ?? arch }
}
