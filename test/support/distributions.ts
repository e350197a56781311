/** Small distributions of an old Go for other hosts in a mirror directory: packages that a go command takes as they are. */
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeTarGz, makeZip, type ZipMember } from './archives.js'

/** What Go 1.4's source of its compilers is to gonative: a build program that makes what it is asked for. */
export const compilerSources: ZipMember[] = [
  {
    name: 'src/cmd/dist/main.c',
    data: `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(int argc, char **argv) {
  char path[4096];
  if (strncmp(argv[2], "cmd/8", 5) != 0 || argv[2][5] == 0) return 0;
  snprintf(path, sizeof path, "%s/pkg/tool/linux_amd64/%s", getenv("GOROOT"), argv[2] + 4);
  FILE *file = fopen(path, "w");
  fprintf(file, "%s by %s\\n", argv[2] + 4, getenv("CC"));
  return fclose(file);
}
`,
  },
  ...['cc', 'gc', '8l', '8a', '8c', '8g'].map((name) => ({ name: `src/cmd/${name}/a.h`, data: '' })),
]

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

/** Puts `go<version>.<host>.tar.gz`, or for Windows `.zip`, and its digest into the mirror, made anew at each call. */
export async function publishDistribution(
  mirror: string,
  {
    version,
    host,
    packages = ['fmt', 'net', 'runtime/cgo'],
    generated = {},
  }: { version: string; host: string; packages?: string[]; generated?: Record<string, string> },
): Promise<void> {
  const platform = host.replace('-', '_').replace('armv6l', 'arm')
  const bootstrap = 'package objabi\n\nconst defaultGOARM = `6`\nconst defaultGO386 = `sse2`\n'
  const [end, make] = host.startsWith('windows') ? ['zip', makeZip] : ['tar.gz', makeTarGz]
  const archive = make([
    { name: 'go/VERSION', data: `go${version}` },
    { name: 'go/bin/go', data: 'for another machine' },
    { name: 'go/src/cmd/internal/objabi/zbootstrap.go', data: bootstrap },
    ...packages.map((name) => ({ name: `go/pkg/${platform}/${name}.a`, data: `${name} for ${host}\n` })),
    ...Object.entries(generated).map(([name, data]) => ({ name: `go/src/runtime/${name}`, data })),
    { name: `go/pkg/${platform}/cmd/asm.a`, data: 'of no use\n' },
  ])
  await mkdir(mirror, { recursive: true })
  const name = `go${version}.${host}.${end}`
  await writeFile(join(mirror, name), archive)
  await writeFile(join(mirror, `${name}.sha256`), `${createHash('sha256').update(archive).digest('hex')}  ${name}\n`)
}
