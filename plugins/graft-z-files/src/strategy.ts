/**
 * The strategy `z-files`: up to Go 1.4 the build of a distribution writes a part of the runtime's source, for its own
 * platform only (cmd/dist's gentab and `z*_GOOS_GOARCH` of goc2c). The go command lists them among the package's files.
 */
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context, Grafted, Host, Plan, Refusal, Release, Site, Strategy, Target } from 'gonative/contract'

/** Where the runtime's source is: a directory moved in 1.4 (go.dev/doc/go1.4#gopackages). */
const directories = ['src/pkg/runtime', 'src/runtime'] as const

const strategy: Strategy = {
  part: true,

  plan({ tool, version }: Release, { goos, goarch }: Target, host: Host): Plan | Refusal {
    if (tool !== 'go') return { refused: `z-files is for Go toolchains, not for ${tool}` }
    if (lineOf(version) > 4) return { refused: "Go 1.5 and later have every platform's files in their source" }
    if (goos === host.os && goarch === host.arch) return { refused: "its files are the toolchain's own" }
    const keep = ['VERSION', `${directoryOf(version)}/z*`]
    const distributions = [{ release: { tool, version }, host: { os: goos, arch: goarch }, keep }]
    return { name: `z-files-${version}-${goos}-${goarch}`, target: { goos, goarch }, needs: [], distributions }
  },

  async apply(
    { target }: Plan,
    { toolchain, directory, distributions: [distribution] }: Site,
    { host }: Pick<Context, 'host'>,
  ): Promise<Grafted | Refusal> {
    if (distribution === undefined) throw new Error('z-files was handed no distribution')
    const said = (await text(join(distribution, 'VERSION')))?.split('\n')[0]?.trim() ?? ''
    if (said !== `go${toolchain.version}`)
      return { refused: `the distribution says that it is ${said || 'of no version'}` }
    const runtime = directoryOf(toolchain.version)
    const generated = await readdir(join(distribution, runtime)).catch((): string[] => [])
    if (!generated.some((name) => name.includes(`_${target.goos}_${target.goarch}.`))) {
      const what = `the distribution has nothing in ${runtime} that its build wrote for ${target.goos}/${target.goarch}`
      return { refused: what }
    }
    await mkdir(join(directory, 'goroot', runtime), { recursive: true })
    for (const name of generated) {
      const of = subjectOf(name, target)
      const [theirs, ours] = [join(distribution, runtime, name), join(toolchain.path, runtime, name)]
      if (of === undefined) continue
      if (![host.os, host.arch].includes(of)) await copyFile(theirs, join(directory, 'goroot', runtime, name))
      else if ((await text(theirs)) !== (await text(ours))) {
        return { refused: `the distribution has another ${runtime}/${name} than this toolchain` }
      }
    }
    return { env: {}, withoutCgo: 'it has only the files that a build for it generates' }
  },
}

/**
 * What of the target a generated file is for, by its name: `windows` of zgoos_windows.go, `386` of zgoarch_386.go,
 * `windows_386` of zasm_windows_386.h. What is of every build, zversion.go, is the toolchain's own, and what is of its host
 * is there; other names with a z, as zcallback_windows.s of some versions, are in every distribution.
 */
function subjectOf(name: string, { goos, goarch }: Target): string | undefined {
  const stem = name.replace(/\..*$/, '')
  if (stem.endsWith(`_${goos}_${goarch}`)) return `${goos}_${goarch}`
  return stem === `zgoos_${goos}` ? goos : stem === `zgoarch_${goarch}` ? goarch : undefined
}

function directoryOf(version: string): string {
  return directories[lineOf(version) < 4 ? 0 : 1]
}

/** 4 of `1.4.3`, 0 of `1`. */
function lineOf(version: string): number {
  return Number(/^1\.(\d+)/.exec(version)?.[1] ?? 0)
}

async function text(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined)
}

export default strategy
