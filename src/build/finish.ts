/** From what make.bash leaves to what a release has: its scaffolding goes. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isBefore } from './bootstraps.js'

/** What published archives of a version do not have (cmd/distpack from 1.21 on, golang.org/x/build before). */
function scaffolding(version: string, platform: string): string[] {
  const always = ['pkg/bootstrap', 'pkg/distpack', 'src/cmd/dist/dist', 'src/cmd/dist/dist.exe', 'VERSION.cache']
  if (isBefore(version, '1.5beta1')) return always
  const tools = ['api', 'dist', 'distpack', 'metadata'].flatMap((tool) => [tool, `${tool}.exe`])
  return [
    ...always,
    'pkg/obj',
    `pkg/${platform}/cmd`,
    ...(isBefore(version, '1.21rc1') ? [] : tools.map((tool) => `pkg/tool/${platform}/${tool}`)),
  ]
}

/** Takes out of a built tree what no release has. */
export async function clearScaffolding(
  tree: string,
  version: string,
  { os, arch }: { os: string; arch: string },
): Promise<void> {
  for (const path of scaffolding(version, `${os}_${arch}`)) await rm(join(tree, path), { recursive: true, force: true })
}
