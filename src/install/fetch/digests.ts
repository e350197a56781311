/** The digests of a file, taken while it goes by. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Archive, Measured } from '../../contract/index.js'

type Algorithm = keyof Measured['digests']

/** What has to be measured of an archive: sha256 always, what it has published, what minisign signs. */
export function algorithmsOf(archive: Archive): Algorithm[] {
  const published = archive.digests.map(({ algorithm }) => algorithm)
  return [...new Set<Algorithm>(['sha256', ...published, ...(archive.minisign ? (['blake2b512'] as const) : [])])]
}

export class RunningDigests {
  /** Bytes so far. */
  size = 0
  private readonly hashes
  private ended: Measured['digests'] | undefined

  constructor(algorithms: Algorithm[]) {
    this.hashes = algorithms.map((algorithm) => [algorithm, createHash(algorithm)] as const)
  }

  update(chunk: Uint8Array): void {
    this.size += chunk.length
    for (const [, hash] of this.hashes) hash.update(chunk)
  }

  /** Lower case hexadecimal. Nothing can be added afterwards. */
  digests(): Measured['digests'] {
    return (this.ended ??= Object.fromEntries(this.hashes.map(([algorithm, hash]) => [algorithm, hash.digest('hex')])))
  }
}

/** Measures a file from its start. @throws system errors */
export async function digestsOfFile(path: string, algorithms: Algorithm[]): Promise<RunningDigests> {
  const running = new RunningDigests(algorithms)
  // One buffer for all of it: a stream makes a new one for each chunk, and leaves 60 MB of them behind.
  const buffer = Buffer.allocUnsafe(1 << 20)
  const file = await open(path)
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length)
      if (bytesRead === 0) return running
      running.update(buffer.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}

/** Whether what was measured is what was published, as far as anything was. */
export function isAsPublished(archive: Archive, measured: RunningDigests): boolean {
  if (archive.size !== undefined && archive.size !== measured.size) return false
  const digests = measured.digests()
  return archive.digests.every(({ algorithm, hex }) => digests[algorithm] === hex.toLowerCase())
}
