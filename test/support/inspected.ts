/** Writes bytes to a file and inspects it, or says how it was refused. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GonativeError } from '../../src/errors.js'
import { inspectFile } from '../../src/inspect/inspect.js'
import type { Inspection } from '../../src/inspect/inspection.js'

let count = 0

/** @param directory the test file's own */
export async function inspected(directory: string, bytes: Buffer): Promise<Inspection> {
  const path = join(directory, `file ${count++}`)
  await writeFile(path, bytes)
  return inspectFile(path)
}

/** The code and message of the refusal; anything thrown that is none is thrown on. */
export async function refusal(directory: string, bytes: Buffer): Promise<{ code: string; message: string }> {
  try {
    await inspected(directory, bytes)
  } catch (error) {
    if (error instanceof GonativeError) return { code: error.code, message: error.message }
    throw error
  }
  return { code: 'none', message: 'it was read' }
}
