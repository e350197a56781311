/** Names and shape of the module `golang.org/toolchain` (cmd/go/internal/gover, cmd/distpack). */
import type { Archive, Host } from 'gonative/contract'

export const modulePath = 'golang.org/toolchain'

const start = 'v0.0.1-go'

/** `v0.0.1-go1.27.4.linux-amd64`. */
export function moduleVersion(version: string, { os, arch }: Host): string {
  return `${start}${version}.${os}-${arch}`
}

/** The releases for a host in a proxy's list, without `go`. */
export function versionsIn(list: string, { os, arch }: Host): string[] {
  const end = `.${os}-${arch}`
  const lines = list.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line.startsWith(start) && line.endsWith(end))
    .map((line) => line.slice(start.length, -end.length))
}

/**
 * A module's zip keeps no modes. Beside the commands, these files are programs in Go's own archives; the go command
 * itself marks only what it runs, but whoever builds Go from this tree starts `make.bash` and its helpers.
 */
const programs = [
  'bin/*',
  'pkg/tool/**',
  'lib/wasm/go_*_exec',
  'lib/time/*.bash',
  'misc/wasm/go_*_exec',
  ...['bash', 'sh', 'pl', 'rc'].flatMap((ending) => [`src/*.${ending}`, `src/**/*.${ending}`]),
]

/** The zip of a module version at a proxy. */
export function archiveOf(module: string, base: string): Archive {
  return {
    name: `${module}.zip`,
    urls: [`${base}/${modulePath}/@v/${module}.zip`],
    format: 'zip',
    prefix: `${modulePath}@${module}/`,
    digests: [],
    module: { path: modulePath, version: module },
    // A zip holds one module: nested go.mod files would start another, so they are stored under another name.
    renames: { '_go.mod': 'go.mod' },
    programs,
  }
}
