/** `gonative inspect`: what a built file is, read from the file alone. */
import { describe } from './describe.js'
import type { Inspection } from './inspection.js'
import { Source } from './source.js'

/**
 * Reads a file's headers and the records in it. The file is read by ranges: what is in memory does not grow with it.
 * @param path relative to the working directory, or absolute
 * @throws GonativeError FILE_NOT_FOUND, NOT_A_FILE, FORMAT_UNSUPPORTED, or FILE_DAMAGED when a header is cut off or not
 * true
 */
export async function inspectFile(path: string): Promise<Inspection> {
  const source = await Source.open(path)
  try {
    return { path, size: source.size, ...(await describe(source)) }
  } finally {
    await source.close()
  }
}
