/**
 * What zig's linker takes from one directory (crt_dir of its libc file): the start files, and the libraries that it counts
 * as the C library's. A graft has them as scripts that name the sysroot's own. `zig cc --sysroot` would do instead, but puts
 * the sysroot before every absolute -L too, and so hides the directories that Go and its users name.
 */
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tree } from './tree.js'

const starts = ['crt1.o', 'Scrt1.o', 'rcrt1.o', 'gcrt1.o', 'crti.o', 'crtn.o']
/** libcFullLinkFlags in lib/std/zig/target.zig. */
const libraries = ['c', 'm', 'pthread', 'dl', 'rt', 'util', 'resolv', 'c_nonshared']

/** Fills a graft's directory of link files; what a sysroot does not have is left out. */
export async function writeLinkFiles(directory: string, tree: Tree): Promise<void> {
  for (const name of starts) await copyFile(join(tree.crt, name), join(directory, name)).catch(() => undefined)
  for (const name of libraries.flatMap((library) => [`lib${library}.so`, `lib${library}.a`])) {
    const script = await scriptFor(name, tree)
    if (script !== undefined) await writeFile(join(directory, name), script)
  }
}

async function scriptFor(name: string, tree: Tree): Promise<string | undefined> {
  for (const place of tree.libraries) {
    const path = join(tree.root + place, name)
    const content = await readFile(path).catch(() => undefined)
    if (content === undefined) continue
    if (content.subarray(0, 4).toString('latin1') === '\x7fELF' || content.subarray(0, 7).toString() === '!<arch>') {
      return `INPUT ( "${path}" )\n`
    }
    // A script of the system's own: its names are absolute there.
    return content.toString('utf8').replace(/(?<=[\s(])(\/[^\s()]+)/g, (absolute) => `"${tree.root}${absolute}"`)
  }
  return undefined
}
