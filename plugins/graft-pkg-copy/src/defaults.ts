/** What a distribution was built with, from the Go files that its build wrote (cmd/dist: buildruntime.go, buildgo.go). */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the defaults of GOARM, GO386 and the like are: since 1.17, 1.9, 1.5. Before, nothing tells. */
const bootstraps = [
  'src/internal/buildcfg/zbootstrap.go',
  'src/cmd/internal/objabi/zbootstrap.go',
  'src/cmd/internal/obj/zbootstrap.go',
]

/** Where the default C compiler is: since 1.8, before. */
const compilers = ['src/cmd/go/internal/cfg/zdefaultcc.go', 'src/cmd/go/zdefaultcc.go']

/** The files that are read here, from a distribution's root. */
export const generated: readonly string[] = [...bootstraps, ...compilers]

const variables: Readonly<Record<string, string>> = {
  386: 'GO386',
  amd64: 'GOAMD64',
  arm: 'GOARM',
  ppc64le: 'GOPPC64',
}

/** The variable and value of the sub-architecture that a distribution's packages are for; none where it does not say. */
export async function subArchitecture(
  root: string,
  goarch: string,
): Promise<{ name: string; value: string } | undefined> {
  const name = variables[goarch]
  const value = new RegExp(`^const default${name ?? ''} = \`([^\`]+)\`$`, 'm').exec(await first(root, bootstraps))?.[1]
  return name === undefined || value === undefined ? undefined : { name, value }
}

/**
 * The name of the C compiler that `go` takes for a target when CC is not set. From 1.10 on it is part of what a package
 * with cgo is compiled from, so that the target's own distribution and this toolchain must agree.
 */
export async function defaultCompiler(root: string, target: string): Promise<string | undefined> {
  const text = (await first(root, compilers)).split('func DefaultCXX')[0] ?? ''
  const own = new RegExp(`case "${target}":\\s*return "([^"]+)"`).exec(text)?.[1]
  return own ?? /^\treturn "([^"]+)"$/m.exec(text)?.[1] ?? /^const [dD]efaultCC = [`"]([^`"]+)[`"]$/m.exec(text)?.[1]
}

/** The first of some files that is there; empty when none is. */
async function first(root: string, paths: string[]): Promise<string> {
  for (const path of paths) {
    const text = await readFile(join(root, path), 'utf8').catch(() => undefined)
    if (text !== undefined) return text
  }
  return ''
}
