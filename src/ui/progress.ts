/** Progress on standard error: bars on a terminal, one plain line a step elsewhere. */
import type { MultiBar } from 'cli-progress'
import type { Io } from '../io/io.js'
import type { Report } from '../io/report.js'
import { bytes } from './table.js'

/** A reporter for this terminal, or for a log. */
export async function createReporter(io: Io): Promise<Report> {
  return io.terminal.stderr ? bars(io) : lines(io)
}

function lines(io: Io): Report {
  return {
    start(label) {
      io.note(label)
      return { update: () => undefined, end: () => undefined }
    },
    note: (line) => io.note(line),
  }
}

async function bars(io: Io): Promise<Report> {
  const { default: cliProgress } = await import('cli-progress')
  let multi: MultiBar | undefined
  let running = 0
  const open = (): MultiBar =>
    (multi ??= new cliProgress.MultiBar(
      {
        stream: process.stderr,
        hideCursor: true,
        clearOnComplete: true,
        format: '{label} {bar} {percentage}% {amount}',
        barsize: 24,
        fps: 10,
        emptyOnZero: true,
      },
      cliProgress.Presets.rect,
    ))
  const close = (): void => {
    multi?.stop()
    multi = undefined
  }
  return {
    start(label, unit) {
      running++
      const show = (done: number, total?: number): string => {
        const text = (count: number): string => (unit === 'bytes' ? bytes(count) : `${count}`)
        const amount = total === undefined ? text(done) : `${text(done)} of ${text(total)}`
        return unit === 'bytes' ? amount : `${amount} ${unit}`
      }
      const bar = open().create(1, 0, { label, amount: '' })
      return {
        update(done, total) {
          if (total !== undefined) bar.setTotal(Math.max(total, 1))
          bar.update(done, { label, amount: show(done, total) })
        },
        end() {
          bar.stop()
          multi?.remove(bar)
          if (--running === 0) close()
        },
      }
    },
    note(line) {
      if (multi) multi.log(`${line}\n`)
      else io.note(line)
    },
  }
}
