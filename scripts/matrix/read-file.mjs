// The one place where the matrix learns what a built file is: gonative's own reader, from the file's bytes alone.
import { inspectFile } from '../../dist/inspect/inspect.js'

/** @returns {Promise<import('../../src/inspect/inspection.ts').Inspection>} */
export async function readFile(path) {
  return inspectFile(path)
}
