/**
 * Reading and replacing a user's file without any change but the wanted one: every byte is one character of the text
 * (latin1), the mode stays, and a symbolic link stays a link.
 */
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readFile, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** The bytes of a file as latin1; undefined when there is no such file. */
export async function readBytes(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'latin1')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Replaces what the file (or what its link leads to) holds, in one rename; makes it and its directory if need be. */
export async function replaceContent(file: string, text: string): Promise<void> {
  const real = await followLinks(file)
  const status = await stat(real).catch(() => undefined)
  await mkdir(dirname(real), { recursive: true })
  const temporary = `${real}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(temporary, text, { encoding: 'latin1', flag: 'wx' })
    if (status) {
      await chown(temporary, status.uid, status.gid).catch(() => undefined) // only root may, and only root needs to
      await chmod(temporary, status.mode & 0o7777)
    }
    await rename(temporary, real)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Removes a file, or what its link leads to. */
export async function removeFile(file: string): Promise<void> {
  await rm(await followLinks(file), { force: true })
}

/** Where a chain of links ends, also when nothing is there (realpath would fail). */
async function followLinks(file: string, left = 40): Promise<string> {
  const target = await readlink(file).catch(() => undefined)
  if (target === undefined || left === 0) return file
  return followLinks(resolve(await realpath(dirname(file)), target), left - 1)
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
