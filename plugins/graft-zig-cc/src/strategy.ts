/** The strategy `zig-cc`: one compiler that carries the C libraries of many targets, behind a wrapper for each. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Context, Grafted, Plan, Refusal, Release, Site, Strategy, Target } from 'gonative/contract'
import { atomics, atomicsFile } from './armv5.js'
import { choose } from './choose.js'
import { compare, within } from './dotted.js'
import { debugScript, debugScriptFile } from './mips.js'
import { placeholderHeaders } from './sdk.js'
import { darwinStubs } from './stubs.js'
import { targetRows, type TargetRow } from './triples.js'
import { trim } from './trim.js'
import { archiverBatch, compilerBatch } from './wrapper-cmd.js'
import { archiverScript, compilerScript, type WrapperOf } from './wrapper.js'

/** The zigs whose wrappers are tested, best first. */
const zigs = ['0.17.0', '0.16.0']

/** Go 1.5 compiles net and os/user for another system with neither their C nor what stands in for it. */
const firstGo = '1.6'

/**
 * Up to 1.9 cgo reads the dynamic symbols of its trial link, and a static program has none; and what stands on its own
 * in older Go's links for other systems than Linux was not tried.
 */
const firstOfAll = '1.10'

const strategy: Strategy = {
  plan(toolchain: Release, target: Target): Plan | Refusal {
    if (toolchain.tool !== 'go') return { refused: `zig-cc is for Go toolchains, not for ${toolchain.tool}` }
    const row = rowOf(target, toolchain.version)
    const platform = `${target.goos}/${target.goarch}`
    if (row === undefined) return { refused: 'it is not among the targets that zig-cc serves' }
    if (compare(toolchain.version, firstGo) < 0) {
      return { refused: `Go before ${firstGo} leaves the C of its standard library out when it cross-compiles` }
    }
    if (compare(toolchain.version, firstOfAll) < 0 && (target.goos !== 'linux' || target.libc === 'musl')) {
      const why =
        target.goos === 'linux'
          ? 'cgo needs the dynamic symbols of glibc'
          : 'cgo links with -r, which zig has for ELF only'
      return { refused: `in Go before ${firstOfAll} ${why}`, see: 'https://github.com/ziglang/zig/pull/11678' }
    }
    if (row.since !== undefined && compare(toolchain.version, row.since.go) < 0) return { refused: row.since.why }
    if (target.variant !== undefined && row.without?.variants.includes(target.variant) === true) {
      return { refused: `${platform}/${target.variant}: ${row.without.why}` }
    }
    const choice = choose(row, target)
    if ('refused' in choice) return choice
    return {
      name: `zig-${choice.triple}`,
      target: { ...target, ...(choice.libc === undefined ? {} : { libc: choice.libc }) },
      needs: [{ tool: 'zig', versions: zigs.filter((zig) => within(zig, row.zig)) }],
    }
  },

  async apply(plan: Plan, site: Site, { host }: Pick<Context, 'host'>): Promise<Grafted> {
    const row = rowOf(plan.target, site.toolchain.version)
    const zig = site.needs.zig
    if (row === undefined || zig === undefined) throw new Error(`zig-cc can't carry out the plan ${plan.name}`)
    const choice = choose(row, plan.target)
    if ('refused' in choice) throw new Error(choice.refused)
    const of = { row, triple: choice.triple, go: site.toolchain.version, zig: zig.version }
    const files: Record<string, string> = {
      'cc.sh': compilerScript('cc', of),
      'c++.sh': compilerScript('c++', of),
      'ar.sh': archiverScript(of),
      ...(host.os === 'windows' ? batchFiles(of) : {}),
      ...(row.goos === 'darwin' ? { ...darwinStubs(of.go), ...placeholderHeaders() } : {}),
      ...(row.follows?.cases.some((each) => each.source === atomicsFile) === true ? { [atomicsFile]: atomics } : {}),
      ...(row.goarch.startsWith('mips') ? { [debugScriptFile]: debugScript } : {}),
    }
    for (const [name, text] of Object.entries(files)) {
      const path = join(site.directory, name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text)
    }
    return {
      env: { CC: 'gonative-cc {graft}', CXX: 'gonative-c++ {graft}', AR: 'gonative-ar {graft}', CGO_ENABLED: '1' },
    }
  },

  trim,

  // mingw's libraries are known by the path of zig's own files (workaround windows-libraries-by-path).
  tiedToPath: ({ goos }) => goos === 'windows',
}

/** Windows starts programs by cmd.exe where the name is a script's. */
function batchFiles(of: WrapperOf): Record<string, string> {
  return { 'cc.cmd': compilerBatch('cc', of), 'c++.cmd': compilerBatch('c++', of), 'ar.cmd': archiverBatch(of) }
}

/** The target's row, with the triple for this version of Go. */
function rowOf(target: Target, go: string): TargetRow | undefined {
  const row = targetRows.find((each) => each.goos === target.goos && each.goarch === target.goarch)
  const newer = row?.newer?.find((each) => compare(go, each.go) >= 0)
  return row === undefined || newer === undefined ? row : { ...row, triple: newer.triple }
}

export default strategy
