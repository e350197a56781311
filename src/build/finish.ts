/** From what make.bash leaves to what a release has: its scaffolding goes, and what stays is measured. */
import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { ManifestFile } from '../store/manifest.js'
import { isBefore } from './bootstraps.js'

/** How many files are read at once. */
const parallel = 16

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

/** Every file of a tree for its manifest. @param progress is told how many have been read. */
export async function measureTree(tree: string, progress: (done: number) => void): Promise<ManifestFile[]> {
  const entries = await readdir(tree, { recursive: true, withFileTypes: true })
  const queue = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const files: ManifestFile[] = []
  const work = async (): Promise<void> => {
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      files.push(await measure(tree, path))
      progress(files.length)
    }
  }
  await Promise.all(Array.from({ length: parallel }, work))
  return files
}

async function measure(tree: string, path: string): Promise<ManifestFile> {
  const [data, { mode }] = await Promise.all([readFile(path), stat(path)])
  return {
    path: relative(tree, path).replaceAll(sep, '/'),
    sha256: createHash('sha256').update(data).digest('hex'),
    size: data.length,
    mode: mode & 0o100 ? 0o755 : 0o644,
  }
}
