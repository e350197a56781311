/** Small distributions of an old Go for other hosts in a mirror directory: packages that a go command takes as they are. */
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeTarGz, type ZipMember } from './archives.js'

/** A toolchain for linux/amd64 whose `go list` says `lists`: by default that nothing is stale. */
export function oldToolchain(version: string, lists = ''): ZipMember[] {
  const go = `#!/bin/sh
case $1 in
list) printf '%s' '${lists}' ;;
version) echo "go version go${version} linux/amd64" ;;
env) export -p ;;
*) exit 2 ;;
esac
`
  return [
    { name: 'bin/go', data: go, stored: true },
    { name: 'VERSION', data: `go${version}` },
    { name: 'pkg/tool/linux_amd64/compile', data: 'the host`s own' },
    { name: 'src/fmt/print.go', data: 'package fmt\n' },
  ]
}

/** Puts `go<version>.<host>.tar.gz` and its digest into the mirror, made anew at each call. */
export async function publishDistribution(
  mirror: string,
  { version, host, packages = ['fmt', 'net', 'runtime/cgo'] }: { version: string; host: string; packages?: string[] },
): Promise<void> {
  const platform = host.replace('-', '_').replace('armv6l', 'arm')
  const bootstrap = 'package objabi\n\nconst defaultGOARM = `6`\nconst defaultGO386 = `sse2`\n'
  const archive = makeTarGz([
    { name: 'go/VERSION', data: `go${version}` },
    { name: 'go/bin/go', data: 'for another machine' },
    { name: 'go/src/cmd/internal/objabi/zbootstrap.go', data: bootstrap },
    ...packages.map((name) => ({ name: `go/pkg/${platform}/${name}.a`, data: `${name} for ${host}\n` })),
    { name: `go/pkg/${platform}/cmd/asm.a`, data: 'of no use\n' },
  ])
  await mkdir(mirror, { recursive: true })
  const name = `go${version}.${host}.tar.gz`
  await writeFile(join(mirror, name), archive)
  await writeFile(join(mirror, `${name}.sha256`), `${createHash('sha256').update(archive).digest('hex')}  ${name}\n`)
}
