/** Hard links where there can be one. */
import { copyFile, link } from 'node:fs/promises'
import { isSystemError } from '../errors.js'

/** Makes `to` the same file as `from`, or a copy where the file system has no such links or no more of them. @throws EEXIST */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(async (error: unknown) => {
    if (!isSystemError(error, 'EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP')) throw error
    await copyFile(from, to)
  })
}
