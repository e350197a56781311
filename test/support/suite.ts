/** A directory for all tests of a file, which they share because they only read what its first lines put there. */
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** Called at the top of a test file; removed when its tests are over. The name has spaces and quotes. */
export function suiteDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), `gonative it's "shared" $x-`))
  afterAll(() => rm(directory, { recursive: true, force: true }))
  return directory
}
