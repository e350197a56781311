/** What of zig's cache is not needed once a target's C libraries are built (zig 0.16 and 0.17). */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * `z` is zig's own standard library, parsed (45 MB), which only building a C library reads; `tmp` what was being made;
 * `objects` the user's C files, which the go command keeps as well. The folders stay: a zig that runs has them open.
 */
const dispensable = ['z', 'tmp', 'objects/o', 'objects/h', 'objects/z', 'objects/tmp']

/** Empties them. Nothing of a cache that isn't there, or is laid out in another way, is an error. */
export async function trim(cache: string): Promise<void> {
  for (const folder of dispensable) {
    const names = await readdir(join(cache, folder)).catch(() => [])
    for (const name of names) await rm(join(cache, folder, name), { recursive: true, force: true })
  }
}
