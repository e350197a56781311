/** What cmd/distpack made, as the archives that it is to be: the module's zip, and the distribution where it is whole. */
import { access, constants, copyFile, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Archive, Host, Release } from '../../contract/index.js'
import { GonativeError, messageOf } from '../../errors.js'
import { orDiskFull } from '../../install/disk-full.js'
import { toolchainModule } from '../../install/toolchain-module.js'

export interface Made {
  /** Where it lies. */
  path: string
  /** Under the name that it is published with. */
  archive: Archive
}

export interface MadeArchives {
  module: Made
  /**
   * Absent where the source was a toolchain module's, which leaves test/ and others out: the distribution made of it is not
   * the published one.
   */
  distribution?: Made
}

/** @param goroot where make.bash -distpack has run */
export async function madeIn(goroot: string, { version }: Release, { os, arch }: Host): Promise<MadeArchives> {
  const directory = join(goroot, 'pkg', 'distpack')
  const ofModule = toolchainModule(version, { os, arch })
  const name = `${ofModule.version}.zip`
  const zip = join(directory, name)
  const module: Made = {
    path: zip,
    archive: {
      ...archiveAt(zip, name, `${ofModule.path}@${ofModule.version}/`),
      module: ofModule,
      renames: { '_go.mod': 'go.mod' },
    },
  }
  const whole = await stat(join(goroot, 'test')).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!whole) return { module }
  const end = os === 'windows' ? 'zip' : 'tar.gz'
  const packed = join(directory, `go${version}.${os}-${arch}.${end}`)
  // The one name that differs from what cmd/distpack calls it (golang.org/x/build/cmd/gorebuild).
  const published = `go${version}.${os}-${os === 'linux' && arch === 'arm' ? 'armv6l' : arch}.${end}`
  return { module, distribution: { path: packed, archive: archiveAt(packed, published, 'go/') } }
}

/** Makes the directory that will get the archives. @throws GonativeError OUTPUT (usage) when it can't be written to */
export async function openOutput(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true })
    await access(directory, constants.W_OK)
  } catch (error) {
    throw new GonativeError('OUTPUT', `${directory} can't be written to: ${messageOf(error)}`, {
      exit: 'usage',
      cause: error,
    })
  }
}

/** Copies what was made into a directory, which can then be a mirror. @throws GonativeError DISK_FULL */
export async function keep({ module, distribution }: MadeArchives, directory: string): Promise<void> {
  for (const { path, archive } of [module, ...(distribution ? [distribution] : [])]) {
    await copyFile(path, join(directory, archive.name)).catch((error: unknown) => {
      throw orDiskFull(error, directory, 'what was built is not kept')
    })
  }
}

function archiveAt(path: string, name: string, prefix: string): Archive {
  const format = name.endsWith('.zip') ? 'zip' : 'tar.gz'
  return { name, urls: [pathToFileURL(path).href], format, prefix, digests: [] }
}
