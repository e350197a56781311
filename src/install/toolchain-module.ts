/** A release as the module `golang.org/toolchain` (cmd/go/internal/gover, cmd/distpack). */
import type { Host } from '../contract/index.js'

/** The module and its version for a host: `v0.0.1-go1.27.4.linux-amd64`. */
export function toolchainModule(version: string, { os, arch }: Host): { path: string; version: string } {
  return { path: 'golang.org/toolchain', version: `v0.0.1-go${version}.${os}-${arch}` }
}

/** Top directories of a distribution that the module leaves out (cmd/distpack, the `Remove` of modArch). No build needs them. */
export const notInModule: readonly string[] = ['api', 'doc', 'misc', 'test']
