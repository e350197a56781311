/**
 * Linked toolchains: GOROOTs of the user's own, under a name (`system`) or, taken over from another version manager, under
 * their version. The toolchain's place in the store is a symbolic link, and its receipt says `linked`. Nothing of it is
 * ours: not verified, never changed, and removing it removes the link alone.
 */
import { access, constants, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Release } from '../contract/index.js'
import { GonativeError } from '../errors.js'
import { parseVersion } from '../version/version.js'
import type { Layout } from './layout.js'
import { readReceipt } from './receipt.js'

/**
 * The version of the Go in a GOROOT, as its VERSION file has it, or VERSION.cache where it was built from a checkout:
 * `devel go1.28-2a7f0d8` is of the line 1.28. Undefined for anything else.
 */
export async function goVersionAt(goroot: string): Promise<string | undefined> {
  for (const name of ['VERSION', 'VERSION.cache']) {
    const text = await readFile(join(goroot, name), 'utf8').catch(() => '')
    const [, version] = /^(?:devel )?go([^\s-]+)/.exec(text) ?? []
    if (version !== undefined && parseVersion(version)) return version
  }
  return undefined
}

/** The release that a toolchain is: itself, or for a linked one with a name what its GOROOT says now. */
export async function releaseOf(layout: Layout, { tool, version }: Release): Promise<Release> {
  if (tool !== 'go' || parseVersion(version)) return { tool, version }
  return { tool, version: (await goVersionAt(layout.toolchain({ tool, version }))) ?? version }
}

/** @throws GonativeError LINK_GONE (exit 5) when a linked toolchain's directory, or the go in it, is no longer there. */
export async function checkLinked(layout: Layout, version: string): Promise<void> {
  const release = { tool: 'go', version }
  if (await isProgram(join(layout.toolchain(release), 'bin', 'go'))) return
  const linked = (await readReceipt(layout, release))?.linked
  if (linked === undefined) return
  throw new GonativeError('LINK_GONE', `go ${version} is linked to ${linked}, and there is no Go there any more`, {
    exit: 'missing',
    hint: parseVersion(version)
      ? `gonative uninstall ${version}, then gonative install ${version}`
      : `gonative link ${version} <directory>, or gonative uninstall ${version}`,
  })
}

export async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
