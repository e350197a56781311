/** A tree of links: what a toolchain looks like with a graft in it, before it is. */
import { mkdir, readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Makes `to` show two trees as one, the first before the second: links, and directories where both have one.
 * @param alone a directory, from the root with `/`, that is the first tree's alone
 */
export async function linkTogether(to: string, trees: { first: string; second: string }, alone: string): Promise<void> {
  const { first, second } = trees
  await mkdir(to, { recursive: true })
  const [ours, theirs] = [await kindsIn(first), await kindsIn(second)]
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const rest = alone.startsWith(`${name}/`) ? alone.slice(name.length + 1) : ''
    if (ours.get(name) === 'directory' && theirs.get(name) === 'directory' && alone !== name) {
      await linkTogether(join(to, name), { first: join(first, name), second: join(second, name) }, rest)
    } else {
      await symlink(join(ours.has(name) ? first : second, name), join(to, name))
    }
  }
}

async function kindsIn(directory: string): Promise<Map<string, 'directory' | 'other'>> {
  const entries = await readdir(directory, { withFileTypes: true })
  return new Map(entries.map((entry) => [entry.name, entry.isDirectory() ? 'directory' : 'other']))
}
