/** Where a copy of a system's files has what a C compiler needs. Reads only. */
import { createHash } from 'node:crypto'
import { access, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SysrootRow } from './sysroots.js'

export interface Tree {
  /** The sysroot itself. */
  root: string
  /** Absolute paths: of stdlib.h, of what is the machine's own, of crt1.o, of crtbegin.o. */
  include: string
  machineInclude: string
  crt: string
  cc: string
  /** Directories of libraries, as the system itself names them: `/usr/lib`. */
  libraries: string[]
  libc: 'gnu' | 'musl'
  /** Of crt1.o and the C library: what a change of the system behind the same path shows in. 12 hex digits. */
  fingerprint: string
}

/** A tree, or what it lacks, for the user. */
export type Found = { tree: Tree } | { lacks: string }

/** Looks through a sysroot. @param path absolute. */
export async function readTree(path: string, row: SysrootRow): Promise<Found> {
  const { multiarch } = row
  if (!(await isDirectory(path))) return { lacks: `${path} is not a directory` }
  const below = (directory: string): string[] => (multiarch === undefined ? [] : [`${directory}/${multiarch}`])
  const places = ['/usr/lib', '/usr/lib64', '/lib', '/lib64'].flatMap((place) => [...below(place), place])
  const include = await firstWith(path, ['/usr/include', '/include'], 'stdlib.h')
  const crt = await firstWith(path, places, 'crt1.o')
  if (include === undefined || crt === undefined) {
    return { lacks: `${path} has no ${include === undefined ? 'usr/include/stdlib.h' : 'usr/lib/crt1.o'}` }
  }
  const cc = await firstWith(path, [...(await gccDirectories(path, places)), `${crt}/gcc80`, crt], 'crtbegin.o')
  if (cc === undefined) return { lacks: `${path} has no crtbegin.o: copy the directory usr/lib/gcc too` }
  const libraries = await only(places, async (place) => isDirectory(path + place))
  const loaders = await Promise.all(libraries.map(async (place) => readdir(path + place)))
  const machine = below(include)[0]
  return {
    tree: {
      root: path,
      include: path + include,
      machineInclude: path + (machine !== undefined && (await isDirectory(path + machine)) ? machine : include),
      crt: path + crt,
      cc: path + cc,
      libraries,
      libc: loaders.flat().some((name) => name.startsWith('ld-musl-')) ? 'musl' : 'gnu',
      fingerprint: await fingerprint([
        join(path + crt, 'crt1.o'),
        ...libraries.flatMap((place) =>
          ['libc.so.6', 'libc.so.8', 'libc.so', 'libc.a'].map((name) => path + join(place, name)),
        ),
      ]),
    },
  }
}

/** usr/lib/gcc/<triple>/<version>, newest first. */
async function gccDirectories(path: string, places: string[]): Promise<string[]> {
  const found = await Promise.all(
    places.map(async (place) => {
      const names = await readdir(`${path}${place}/gcc`, { recursive: true }).catch(() => [])
      return names.filter((name) => /^[^/]+\/[^/]+$/.test(name)).map((name) => `${place}/gcc/${name}`)
    }),
  )
  return found.flat().sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
}

async function firstWith(path: string, places: string[], file: string): Promise<string | undefined> {
  const [first] = await only(places, async (place) =>
    access(join(path + place, file)).then(
      () => true,
      () => false,
    ),
  )
  return first
}

async function only(places: string[], has: (place: string) => Promise<boolean>): Promise<string[]> {
  const answers = await Promise.all(places.map(has))
  return places.filter((_, i) => answers[i])
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  )
}

async function fingerprint(files: string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const file of files) {
    const content = await readFile(file).catch(() => undefined)
    if (content) hash.update(`${content.length}\0`).update(content)
  }
  return hash.digest('hex').slice(0, 12)
}
