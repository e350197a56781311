/** The table of targets as people read it: what can be had in columns, what can't be had in groups that share a reason. */
import type { TargetRow } from '../install/graft/targets.js'
import { alike } from '../target/alike.js'
import { bytes, table } from '../ui/table.js'
import { wrap } from '../ui/wrap.js'

/** Lines for a terminal of so many columns. */
export async function showTargets(version: string, rows: TargetRow[], columns: number): Promise<string> {
  const native = rows.filter((row) => row.strategy !== null)
  const others = rows.filter((row) => row.strategy === null)
  const sections = [
    summary(version, rows),
    ...(native.length === 0 ? [] : [await nativeTable(native)]),
    ...groups(
      'Asked for, and not grafted',
      native.filter(({ reason, grafted }) => reason !== null && !grafted),
      columns,
    ),
    ...groups(
      'Grafted, and without cgo and a native resolver',
      native.filter(({ reason, grafted }) => reason !== null && grafted),
      columns,
    ),
    ...groups(
      'cgo needs something of yours',
      others.filter(({ cgo }) => cgo),
      columns,
    ),
    ...groups(
      'Go has no cgo, and builds without it',
      others.filter(({ cgo }) => !cgo),
      columns,
    ),
  ]
  return sections.join('\n\n')
}

function summary(version: string, rows: TargetRow[]): string {
  const count = (has: (row: TargetRow) => boolean): number => rows.filter(has).length
  const possible = count(({ strategy, grafted }) => strategy !== null && !grafted)
  const grafted = `${count((row) => row.grafted)} with a graft`
  if (rows.every((row) => row.grafted)) return `go ${version}: ${grafted}`
  return `go ${version}: ${rows.length} targets, ${grafted}, ${possible} that can have one`
}

async function nativeTable(rows: TargetRow[]): Promise<string> {
  const cells = rows.map((row) => [
    row.target,
    row.firstClass ? 'first' : '',
    row.strategy ?? '',
    row.libc ?? '',
    row.grafted ? 'yes' : '',
    row.warmed ? bytes(row.bytes) : '',
    row.sysroot ?? '',
  ])
  const heading = ['TARGET', 'CLASS', 'STRATEGY', 'LIBC', 'GRAFTED', 'WARMED', 'SYSROOT']
  const used = heading.map((_, column) => column < 5 || cells.some((row) => row[column] !== ''))
  const shown = (row: string[]): string[] => row.filter((_, column) => used[column])
  return table(shown(heading), cells.map(shown))
}

/** Targets that share a reason, and what would help, under one heading; none for no rows. */
function groups(heading: string, rows: TargetRow[], columns: number): string[] {
  if (rows.length === 0) return []
  const reasons = alike(rows, ({ reason, remedy, see }) => JSON.stringify([reason, remedy, see]))
  const paragraphs = reasons.map(([, group]) => {
    const [{ reason, remedy, see } = { reason: null, remedy: null, see: null }] = group
    const lines = [
      wrap(group.map(({ target }) => target).join(' '), columns, '  '),
      ...(reason === null ? [] : [wrap(reason, columns, '    ')]),
      ...(remedy === null ? [] : [wrap(`To have it: ${remedy}`, columns, '    ')]),
      ...(see === null ? [] : [`    ${see}`]),
    ]
    return lines.join('\n')
  })
  return [[`${heading}:`, ...paragraphs].join('\n')]
}
