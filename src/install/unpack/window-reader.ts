/**
 * Reads a zip file for yauzl through one window: entries lie one after another, so that a file of 12,000 entries is
 * read in a hundred reads instead of three an entry.
 */
import { fstatSync, readSync } from 'node:fs'
import type * as Yauzl from 'yauzl'

const windowSize = 1 << 20

/** A reader over an open file that it does not close. Its answers come before `read` returns. */
export function windowReader(yauzl: typeof Yauzl, fd: number): Yauzl.RandomAccessReader & { size: number } {
  const window = Buffer.allocUnsafe(windowSize)
  let start = 0
  let held = 0

  const fill = (position: number): void => {
    start = position
    held = readSync(fd, window, 0, windowSize, position)
  }

  class WindowReader extends yauzl.RandomAccessReader {
    readonly size = fstatSync(fd).size

    override read(
      buffer: Buffer,
      offset: number,
      length: number,
      position: number,
      callback: (error: Error | null) => void,
    ): void {
      for (let done = 0; done < length;) {
        const at = position + done
        if (at < start || at >= start + held) fill(at)
        if (held === 0) {
          callback(new Error('it ends too early'))
          return
        }
        done += window.copy(buffer, offset + done, at - start, Math.min(held, at - start + length - done))
      }
      callback(null)
    }

    override close(callback: (error: Error | null) => void): void {
      callback(null)
    }
  }
  return new WindowReader()
}
