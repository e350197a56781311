/**
 * The strategy `target-compilers`: up to Go 1.4 every machine has compilers of its own, and a distribution has those of its
 * host. The others are in it as source, in C.
 */
import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context, Grafted, Host, Plan, Refusal, Release, Site, Strategy, Target } from 'gonative/contract'
import { buildCompilers } from './build.js'
import { commandOf, findCompiler, zigs, type Found } from './compiler.js'
import { hasCompilerEach, letters, toolsOf } from './machines.js'

const strategy: Strategy<Found> = {
  part: true,

  look: (_target, context) => findCompiler(context),

  plan({ tool, version }: Release, { goos, goarch }: Target, host: Host, found?: Found): Plan | Refusal {
    if (tool !== 'go') return { refused: `target-compilers is for Go toolchains, not for ${tool}` }
    if (!hasCompilerEach(version)) return { refused: 'Go 1.5 and later have one compiler for all machines' }
    if (letters[goarch] === undefined) return { refused: `Go ${version} has no compilers for ${goarch}` }
    if (goarch === host.arch) return { refused: `the toolchain's own compilers are for ${goarch}` }
    if (found?.cc === undefined && host.os === 'windows') {
      return { refused: 'there is no C compiler', remedy: 'Have gcc and ar of MinGW on PATH' }
    }
    return {
      name: `compilers-${version}-${goarch}`,
      target: { goos, goarch },
      needs: found?.cc === undefined ? [{ tool: 'zig', versions: zigs }] : [],
    }
  },

  async apply(plan: Plan, { toolchain, directory, needs }: Site, context: Context): Promise<Grafted | Refusal> {
    const letter = letters[plan.target.goarch]
    if (letter === undefined) throw new Error(`target-compilers can't carry out the plan ${plan.name}`)
    const { host } = context
    const tools = `pkg/tool/${host.os}_${host.arch}`
    const names = toolsOf(letter).map((name) => (host.os === 'windows' ? `${name}.exe` : name))
    const laid = join(directory, 'goroot', tools)
    await mkdir(laid, { recursive: true })
    // Two targets of a machine have the same files, which a newer C compiler would not make the same.
    if (await copyAll(names, join(toolchain.path, tools), laid)) return compilersOnly
    const command = commandOf(plan.needs.length === 0 ? await findCompiler(context) : { cc: undefined }, host)
    const key = JSON.stringify([toolchain.path, letter, command])
    const made = madeBefore.get(key)
    if (made !== undefined) {
      for (const [name, content] of made) await writeFile(join(laid, name), content, { mode: 0o755 })
      return compilersOnly
    }
    const work = join(directory, 'work')
    await mkdir(work)
    const built = await buildCompilers({ toolchain, work, command, zig: needs.zig?.path, letter }, context)
    if ('failed' in built) return { refused: `${command.slice(0, 2).join(' ')} does not compile ${built.failed}` }
    if (!(await copyAll(names, built.directory, laid))) throw new Error(`cmd/dist did not make ${names.join(' ')}`)
    madeBefore.set(
      key,
      new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(laid, name))] as const))),
    )
    await rm(work, { recursive: true })
    return compilersOnly
  },
}

/** What this process has built: several targets of a machine are grafted at once, before the first is in the toolchain. */
const madeBefore = new Map<string, Map<string, Buffer>>()

const compilersOnly: Grafted = { env: {}, withoutCgo: 'it has compilers only' }

/** Copies files if all are there. @returns whether they were */
async function copyAll(names: string[], from: string, to: string): Promise<boolean> {
  const there = await readdir(from).catch((): string[] => [])
  if (!names.every((name) => there.includes(name))) return false
  for (const name of names) {
    await copyFile(join(from, name), join(to, name))
    await chmod(join(to, name), 0o755)
  }
  return true
}

export default strategy
