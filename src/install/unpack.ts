/**
 * Unpack: one archive into a toolchain's staged tree, measured file by file. Archives come from strangers; what could
 * land outside the tree, or be read differently by another program, is refused. The folder unpack/ has the formats.
 */
import type { Archive } from '../contract/index.js'
import { orDiskFull } from './disk-full.js'
import { unpackTar } from './unpack/tar.js'
import { TreeWriter } from './unpack/tree-writer.js'
import { corrupt, type UnpackProgress, type Unpacked } from './unpack/unpacked.js'
import { unpackZip } from './unpack/zip.js'

export type { Unpacked, UnpackedFile } from './unpack/unpacked.js'

/** Ten times the largest toolchain there is; what is larger is meant to fill the disk. */
const mostBytes = 4 * 2 ** 30

/**
 * Unpacks `file` under `directory` (made when missing; other archives of the same release may be there already).
 * `threads` is how many may work on it; a tar has to be read by one. `keep` are the paths in the toolchain that are wanted
 * (`pkg/tool/**`), by default all; the others are only measured. On any error the directory is left as it is then: the caller removes it. Nothing is written elsewhere.
 *
 * A tar's files keep their times, a zip's all get the same: Go ≤ 1.9 calls an archive stale that is older than its
 * source. Modes are 0644 and 0755, less the umask.
 * @throws GonativeError UNSAFE_ARCHIVE or CORRUPT_ARCHIVE (exit 3), DISK_FULL (exit 1)
 */
export async function unpackArchive(
  file: string,
  archive: Archive,
  directory: string,
  options: { progress?: UnpackProgress; maxBytes?: number; threads?: number; keep?: string[] } = {},
): Promise<Unpacked> {
  const progress = options.progress ?? (() => undefined)
  const tree = new TreeWriter(archive, directory, options.maxBytes ?? mostBytes, options.keep)
  try {
    if (archive.format === 'zip') await unpackZip(file, tree, progress, options.threads ?? 1)
    else await unpackTar(file, tree, progress)
    const unpacked = tree.finish()
    if (unpacked.files.length === 0) {
      const wanted = options.keep === undefined ? '' : ` that are ${options.keep.join(' or ')}`
      throw corrupt(archive.name, `it has no files under ${JSON.stringify(archive.prefix)}${wanted}`)
    }
    return unpacked
  } catch (error) {
    tree.abandon()
    throw orDiskFull(error, directory, 'nothing was installed')
  }
}
