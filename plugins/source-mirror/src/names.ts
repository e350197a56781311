/** The names that publishers give to their files, for one release and host; and back from a name to its version. */
import type { Archive, Host, Tool } from 'gonative/contract'

type Candidate = Omit<Archive, 'urls' | 'digests'>

/** The archives that a release may be in, the best first. */
export function candidates(tool: Tool, version: string, host: Host): Candidate[] {
  if (tool === 'go') return goCandidates(version, host)
  return tool === 'zig' ? zigCandidates(version, host) : []
}

/** The archives that a release's source may be in. */
export function sourceCandidates(tool: Tool, version: string): Candidate[] {
  return tool === 'go' ? [{ name: `go${version}.src.tar.gz`, format: 'tar.gz', prefix: 'go/' }] : []
}

/** The version that a file is of, if it is for this tool and host. */
export function versionOf(name: string, tool: Tool, host: Host): string | undefined {
  const version = tool === 'go' ? goVersionOf(name) : /^zig-\w+-\w+-(.+)\.(?:tar\.xz|zip)$/.exec(name)?.[1]
  if (version === undefined) return undefined
  return candidates(tool, version, host).some((candidate) => candidate.name === name) ? version : undefined
}

function goVersionOf(name: string): string | undefined {
  return /^(?:v0\.0\.1-)?go(\d.*?)\.[a-z0-9]+-.*\.(?:tar\.gz|zip)$/.exec(name)?.[1]
}

/** go.dev's archives; up to go1.4.2 darwin's name the oldest system they run on. Then the module's zip. */
function goCandidates(version: string, { os, arch }: Host): Candidate[] {
  const start = `go${version}.${os}-${arch === 'arm' ? 'armv6l' : arch}`
  const ends = os === 'windows' ? ['.zip'] : os === 'darwin' ? ['.tar.gz', '-osx10.8.tar.gz'] : ['.tar.gz']
  const format = os === 'windows' ? 'zip' : 'tar.gz'
  const archives = ends.map((end): Candidate => ({ name: start + end, format, prefix: 'go/' }))
  return [...archives, moduleCandidate(`v0.0.1-go${version}.${os}-${arch}`)]
}

/** A toolchain module's zip keeps no modes and stores nested go.mod files under another name. */
function moduleCandidate(version: string): Candidate {
  const path = 'golang.org/toolchain'
  const scripts = ['bash', 'sh', 'pl', 'rc'].flatMap((ending) => [`src/*.${ending}`, `src/**/*.${ending}`])
  return {
    name: `${version}.zip`,
    format: 'zip',
    prefix: `${path}@${version}/`,
    module: { path, version },
    renames: { '_go.mod': 'go.mod' },
    programs: ['bin/*', 'pkg/tool/**', 'lib/wasm/go_*_exec', 'lib/time/*.bash', 'misc/wasm/go_*_exec', ...scripts],
  }
}

const zigSystems: Record<string, string> = { darwin: 'macos' }

/** The older name of a machine second: i386 up to 0.11, armv7a up to 0.14. */
const zigMachines: Record<string, string[]> = {
  amd64: ['x86_64'],
  386: ['x86', 'i386'],
  arm64: ['aarch64'],
  arm: ['arm', 'armv7a'],
  ppc64le: ['powerpc64le'],
  loong64: ['loongarch64'],
}

/** `zig-x86_64-linux-0.14.1`; up to 0.14.0 the two stood the other way round. */
function zigCandidates(version: string, { os, arch }: Host): Candidate[] {
  const system = zigSystems[os] ?? os
  const end = os === 'windows' ? '.zip' : '.tar.xz'
  const format = os === 'windows' ? 'zip' : 'tar.xz'
  const machines = zigMachines[arch] ?? [arch]
  const stems = machines.flatMap((machine) => [
    `zig-${machine}-${system}-${version}`,
    `zig-${system}-${machine}-${version}`,
  ])
  return stems.map((stem) => ({ name: stem + end, format, prefix: `${stem}/` }))
}
