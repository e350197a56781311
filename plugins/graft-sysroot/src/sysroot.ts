/** The strategy `sysroot`: zig's compiler with the headers and libraries of a system that the user has a copy of. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context, Grafted, Host, Plan, Refusal, Release, Site, Strategy, Target } from 'gonative/contract'
import { writeLinkFiles } from './link-files.js'
import { quoted } from './sh.js'
import { obstacles, sysrootRows, type SysrootRow } from './sysroots.js'
import { readTree, type Found, type Tree } from './tree.js'

/** The zigs with this form of the file that names a C library (lib/std/zig/LibCInstallation.zig); 0.16 says gcc_dir. */
const zigs = ['0.17.0']

const strategy: Strategy<Found | undefined> = {
  async look(target: Target, { env }: Context): Promise<Found | undefined> {
    const path = target.sysroot ?? env[variableOf(target)]
    const row = rowOf(target)
    return path === undefined || path === '' || row === undefined ? undefined : readTree(path, row)
  },

  plan(toolchain: Release, target: Target, _host: Host, found?: Found): Plan | Refusal {
    const obstacle = obstacles.find(({ goos }) => goos === target.goos)
    if (obstacle !== undefined) {
      const { refused, remedy, see } = obstacle
      return { refused, remedy, ...(see === undefined ? {} : { see }) }
    }
    const row = rowOf(target)
    if (row === undefined) return { refused: 'it is not among the targets that can be built with a sysroot' }
    if (toolchain.tool !== 'go') return { refused: `sysroot is for Go toolchains, not for ${toolchain.tool}` }
    if (found === undefined) return unnamed(target)
    if ('lacks' in found) return { refused: found.lacks, remedy: `name a complete copy of the system's files` }
    const { tree } = found
    if (target.libc !== undefined && target.libc !== tree.libc) {
      return { refused: `the C library of the sysroot is ${tree.libc}, and ${target.libc} was asked for` }
    }
    return {
      name: `sysroot-${tripleOf(row, tree)}`,
      target: { ...target, sysroot: tree.root, ...(target.goos === 'linux' ? { libc: tree.libc } : {}) },
      needs: [{ tool: 'zig', versions: zigs }],
    }
  },

  async apply(plan: Plan, site: Site): Promise<Grafted> {
    const row = rowOf(plan.target)
    const { sysroot } = plan.target
    const { zig } = site.needs
    const found = row && sysroot !== undefined ? await readTree(sysroot, row) : undefined
    if (!row || !found || 'lacks' in found || sysroot === undefined || zig === undefined) {
      throw new Error(`sysroot can't carry out the plan ${plan.name}`)
    }
    const { tree } = found
    const files = {
      'cc.sh': compiler('cc', row, tree, sysroot, zig.version),
      'c++.sh': compiler('c++', row, tree, sysroot, zig.version),
      'ar.sh': [...caches, `exec "$home/compilers/zig-${zig.version}/zig" ar "$@"`, ''].join('\n'),
    }
    for (const [name, text] of Object.entries(files)) await writeFile(join(site.directory, name), text)
    await mkdir(join(site.directory, 'lib'))
    await writeLinkFiles(join(site.directory, 'lib'), tree)
    return {
      env: { CC: 'gonative-cc {graft}', CXX: 'gonative-c++ {graft}', AR: 'gonative-ar {graft}', CGO_ENABLED: '1' },
    }
  },
}

const caches = [
  ': "${ZIG_GLOBAL_CACHE_DIR:=$cache}"',
  ': "${ZIG_LOCAL_CACHE_DIR:=$ZIG_GLOBAL_CACHE_DIR/objects}"',
  'export ZIG_GLOBAL_CACHE_DIR ZIG_LOCAL_CACHE_DIR',
]

/** With ZIG_LIBC, a file with absolute names, zig takes headers and start files from the sysroot and builds no C library. */
function compiler(tool: string, row: SysrootRow, tree: Tree, sysroot: string, zig: string): string {
  return [
    `# zig ${zig} as the ${tool} of ${row.goos}/${row.goarch}, with the files (${tree.fingerprint}) of a system in`,
    `sysroot=${quoted(sysroot)}`,
    'if [ ! -d "$sysroot" ]; then',
    '  echo "gonative: the sysroot $sysroot is gone, with which the graft ${graft##*/} was made" >&2',
    '  exit 1',
    'fi',
    // zig names the host's ar when Go's linker asks (findExtLinkTool in cmd/link/internal/ld/lib.go).
    'case "$*" in',
    '*-print-prog-name=ar* | *"-print-prog-name ar"*) echo gonative-ar; exit 0 ;;',
    'esac',
    ...caches,
    'ZIG_LIBC=$cache/libc.txt',
    'export ZIG_LIBC',
    // The graft's place is known here and not when it was made, and may change; builds run side by side.
    'line=',
    '[ ! -r "$ZIG_LIBC" ] || IFS= read -r line <"$ZIG_LIBC"',
    'if [ "$line" != "crt_dir=$graft/lib" ]; then',
    '  mkdir -p "$cache" &&',
    `  printf '%s\\n' "crt_dir=$graft/lib" ${libcFields(tree)} >"$ZIG_LIBC.$$" && mv -f "$ZIG_LIBC.$$" "$ZIG_LIBC"`,
    'fi',
    // zig traps on undefined behaviour by default; gcc and clang have no sanitizer on.
    `exec "$home/compilers/zig-${zig}/zig" ${tool} -target ${tripleOf(row, tree)} \\`,
    `  -fno-sanitize=undefined "$@" ${tree.libraries.map((place) => `"-L$sysroot${place}"`).join(' ')}`,
    '',
  ].join('\n')
}

/** The file's lines but for crt_dir, as words of sh. Every field has to be there, empty where it does not apply. */
function libcFields(tree: Tree): string {
  const fields = {
    include_dir: tree.include,
    sys_include_dir: tree.machineInclude,
    cc_dir: tree.cc,
    msvc_lib_dir: '',
    kernel32_lib_dir: '',
    darwin_sdk_dir: '',
  }
  return Object.entries(fields)
    .map(([name, value]) => quoted(`${name}=${value}`))
    .join(' ')
}

/** GONATIVE_SYSROOT_DRAGONFLY_AMD64 of dragonfly/amd64. */
function variableOf({ goos, goarch }: Target): string {
  return `GONATIVE_SYSROOT_${goos}_${goarch}`.toUpperCase()
}

function unnamed(target: Target): Refusal {
  if (target.goos === 'linux') return { refused: 'no sysroot was named' }
  return {
    refused: 'zig has no C library for it, and no sysroot was named',
    remedy: `copy /usr/include, /usr/lib and /lib from such a system, and name that directory to graft with --sysroot, or in ${variableOf(target)}`,
    see: 'https://github.com/ziglang/zig/issues/23880',
  }
}

function tripleOf(row: SysrootRow, tree: Tree): string {
  return row.triple.replace('{libc}', tree.libc)
}

function rowOf(target: Target): SysrootRow | undefined {
  return sysrootRows.find((row) => row.goos === target.goos && row.goarch === target.goarch)
}

export default strategy
