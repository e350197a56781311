import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultCompiler, subArchitecture } from '../../../plugins/graft-pkg-copy/src/defaults.js'
import register from '../../../plugins/graft-pkg-copy/src/register.js'
import strategy from '../../../plugins/graft-pkg-copy/src/strategy.js'
import type { Plan, Refusal } from '../../../src/contract/index.js'
import { parseTarget } from '../../../src/target/target.js'
import { temporaryDirectory } from '../../support/context.js'

const host = { os: 'linux', arch: 'amd64' }
const plan = (text: string, version: string, libc?: string): Plan | Refusal =>
  strategy.plan({ tool: 'go', version }, parseTarget(text, libc), host)

describe('the plan of pkg-copy', () => {
  it('goes before the strategies that compile', async () => {
    const offers = await register({ apiVersion: 1 })
    expect(offers.map(({ id, priority }) => [id, priority < 50])).toEqual([['pkg-copy', true]])
  })

  it("takes of the target's distribution of the same release only what it reads", () => {
    const answer = plan('linux/arm64', '1.19.8')
    expect(answer).toMatchObject({
      needs: [],
      distributions: [{ release: { tool: 'go', version: '1.19.8' }, host: { os: 'linux', arch: 'arm64' } }],
    })
    const keep = 'refused' in answer ? [] : (answer.distributions?.[0]?.keep ?? [])
    expect(keep).toContain('pkg/linux_arm64/**')
    expect(keep.filter((glob) => glob.includes('*'))).toEqual(['pkg/linux_arm64/**'])
  })

  it.each([
    ['linux/arm64', '1.20', 'from Go 1.20 on'],
    ['linux/arm64', '1.20rc1', 'from Go 1.20 on'],
    ['linux/arm64', '1.27.4', 'from Go 1.20 on'],
    ['linux/amd64', '1.19.8', "the toolchain's own"],
    ['linux/riscv64', '1.19.8', 'no official distribution'],
    ['netbsd/arm64', '1.4.3', 'no official distribution'],
    ['windows/arm64', '1.16.15', 'no official distribution'],
  ])('refuses %s of Go %s: %s', (target, version, reason) => {
    expect(plan(target, version)).toMatchObject({ refused: expect.stringContaining(reason) as string })
  })

  it.each(['1.2.2', '1.5.4'])(
    'asks the sources for linux/arm of Go %s all the same: it was never official',
    (version) => {
      const unpublished = `Go ${version} has no official distribution for it`
      expect(plan('linux/arm', version)).toMatchObject({ distributions: [{ unpublished }] })
    },
  )

  it('comes, up to 1.4, after the compilers of the machine and the generated files', () => {
    expect(plan('windows/386', '1.4.3')).toMatchObject({ after: ['target-compilers', 'z-files'] })
    expect(plan('windows/amd64', '1.4.3')).toMatchObject({ after: ['z-files'] })
    expect(plan('windows/386', '1.5.4')).not.toHaveProperty('after')
  })

  it('refuses a C library that is asked for', () => {
    expect(plan('linux/arm64', '1.19.8', 'musl')).toMatchObject({ refused: expect.stringContaining('musl') as string })
  })

  it.each(['1', '1.2.1', '1.4.3', '1.9.7', '1.19.13'])('serves windows/386 of Go %s', (version) => {
    expect(plan('windows/386', version)).toHaveProperty('distributions')
  })
})

describe('what a distribution was built with', () => {
  /** A directory with one file. */
  const distribution = async (path: string, text: string): Promise<string> => {
    const directory = await temporaryDirectory()
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), text)
    return directory
  }

  it.each([
    ['src/internal/buildcfg/zbootstrap.go', 'arm', 'const defaultGOARM = `6`\n', { name: 'GOARM', value: '6' }],
    ['src/cmd/internal/objabi/zbootstrap.go', '386', 'const defaultGO386 = `sse2`\n', { name: 'GO386', value: 'sse2' }],
    ['src/cmd/internal/obj/zbootstrap.go', 'arm', 'const defaultGOARM = `5`\n', { name: 'GOARM', value: '5' }],
    ['src/internal/buildcfg/zbootstrap.go', 'arm64', 'const defaultGOARM = `6`\n', undefined],
    ['VERSION', 'arm', 'go1.4.3', undefined],
  ])('is read from %s for %s', async (path, goarch, text, found) => {
    expect(await subArchitecture(await distribution(path, text), goarch)).toEqual(found)
  })

  it.each([
    ['src/cmd/go/internal/cfg/zdefaultcc.go', 'package cfg\n\nconst DefaultCC = `clang`\n', 'clang'],
    ['src/cmd/go/zdefaultcc.go', 'package main\n\nconst defaultCC = "gcc"\n', 'gcc'],
    [
      'src/cmd/go/internal/cfg/zdefaultcc.go',
      'func DefaultCC(goos, goarch string) string {\n\tswitch goos+`/`+goarch {\n\tcase "darwin/amd64":\n\t\treturn "o64-clang"\n\t}\n\treturn "gcc"\n}\nfunc DefaultCXX(goos, goarch string) string {\n\treturn "g++"\n}\n',
      'o64-clang',
    ],
  ])('has its C compiler in %s', async (path, text, found) => {
    expect(await defaultCompiler(await distribution(path, text), 'darwin/amd64')).toBe(found)
  })
})
