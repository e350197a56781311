/**
 * Where things are in the store (`GONATIVE_HOME`). Everything but config.json can be made again from the receipts.
 * `staging/` is on the same file system as what it becomes, so that the last step is one rename.
 */
import { join } from 'node:path'
import type { Release } from '../contract/index.js'

export class Layout {
  constructor(readonly home: string) {}

  /** `go1.27.4`, `zig-0.17.0`: the name of a release's directory, lock and receipt. */
  static nameOf(release: Release): string {
    return release.tool === 'go' ? `go${release.version}` : `${release.tool}-${release.version}`
  }

  /** Go toolchains and compilers live apart, by the same rules. */
  roomOf(tool: string): string {
    return join(this.home, tool === 'go' ? 'toolchains' : 'compilers')
  }

  toolchain(release: Release): string {
    return join(this.roomOf(release.tool), Layout.nameOf(release))
  }

  /** Written last: a toolchain without one does not exist. */
  receipt(release: Release): string {
    return `${this.toolchain(release)}.receipt.json`
  }

  /** The toolchain's files with their hashes, apart from the receipt so that `list` need not read them. */
  manifest(release: Release): string {
    return `${this.toolchain(release)}.files`
  }

  /** Which files of the tree are being changed for grafts: there while that is done, and after it was interrupted. */
  laying(release: Release): string {
    return `${this.toolchain(release)}.laying`
  }

  /** A graft's own files (compiler wrapper parts, stub libraries), shared by toolchains that have the same. */
  graft(id: string): string {
    return join(this.home, 'grafts', id)
  }

  /** The files of a graft that belong into the toolchain's tree, as they lie there. */
  goroot(id: string): string {
    return join(this.graft(id), 'goroot')
  }

  /** The manifest of those files. */
  gorootManifest(id: string): string {
    return join(this.graft(id), 'goroot.files')
  }

  /** What the shims read for one toolchain: a file for each target, and `toolchain` for every build. */
  env(release: Release): string {
    return join(this.home, 'env', Layout.nameOf(release))
  }

  /** What a graft's compiler makes once and keeps: C libraries. The wrappers have it as `$cache`. */
  compilerCache(id: string): string {
    return join(this.cache, 'compiler', id)
  }

  /** What was warmed for one graft of a toolchain: its part of the go command's build cache, and the record of it. */
  warmed(release: Release, id: string): string {
    return join(this.cache, 'warm', Layout.nameOf(release), id)
  }

  get shims(): string {
    return join(this.home, 'shims')
  }
  get staging(): string {
    return join(this.home, 'staging')
  }
  get locks(): string {
    return join(this.home, 'locks')
  }
  get memory(): string {
    return join(this.home, 'memory')
  }
  get cache(): string {
    return join(this.home, 'cache')
  }
}
