// The results as people read them on a terminal.

/** @returns {string} what was measured, what could not be, and the limits */
export function tableOf(results) {
  const { calls, startup, install, limits } = results
  return [
    about(results),
    ...(calls
      ? part(
          'One `go version`, or one `true` (ms)',
          calls.rows,
          ({ overhead }) => `${overhead < 0 ? '' : '+'}${number(overhead)}`,
        )
      : []),
    ...(startup ? part('Starting (ms)', startup.rows, ({ ratio }) => `${number(ratio)} ×`) : []),
    ...(install ? part('Installing the newest Go (ms)', install.rows, ({ ratio }) => `${number(ratio)} ×`) : []),
    ...(install ? [`${'  peak resident memory of gonative'.padEnd(46)}${install.memory.median} MB`] : []),
    ...results.missing.map(({ peer, why }) => `  left out: ${peer}: ${why}`),
    '',
    `${'What has to hold'.padEnd(57)}${'measured'.padStart(11)}${'at most'.padStart(12)}`,
    ...limits.map(limitLine),
    '',
  ].join('\n')
}

function about({ date, machine, versions }) {
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return `${date.slice(0, 10)}, ${machine.cores} × ${machine.cpu}, ${machine.system}\n${names.join(', ')}`
}

function part(title, rows, against) {
  const head = `\n${title.padEnd(46)}${['median', 'p10', 'p90'].map((each) => each.padStart(9)).join('')}`
  const nameOf = new Map(rows.map(({ id, name }) => [id, name]))
  const lines = rows.map((row) => {
    const times = [row.median, row.p10, row.p90].map((time) => number(time).padStart(9)).join('')
    return `  ${row.name.padEnd(44)}${times}${row.base ? `   ${against(row).padStart(8)} ${nameOf.get(row.base)}` : ''}`
  })
  return [head, ...lines]
}

function limitLine({ what, value, limit, unit, verdict }) {
  const shown = value === undefined ? '–' : `${number(value)} ${unit}`
  return `  ${what.padEnd(55)}${shown.padStart(11)}${`${number(limit)} ${unit}`.padStart(12)}   ${verdict}`
}

/** Three digits that mean something. */
function number(value) {
  if (Math.abs(value) >= 100) return value.toFixed(0)
  return value.toFixed(Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3)
}
