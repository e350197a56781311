// What gonative promises of these figures, each held against one run. A ratio whose peer was not there is left open.

const shims = ['shim', 'shim-pin', 'shim-20', 'shim-deep', 'shim-pin-deep']

/**
 * @param {{calls?: object, startup?: object, install?: object}} results parts that were not measured may be missing
 * @returns {{what: string, value?: number, limit: number, unit: string, verdict: 'ok' | 'missed' | 'not measured'}[]}
 */
export function limitsOf({ calls, startup, install }) {
  const over = (id) => row(calls, id)?.overhead
  const worst = shims.map(over).reduce((most, each) => (each > most ? each : most), over('shim'))
  const time = (id) => row(install, id)?.median
  return [
    ...shims.map((id) => [`${row(calls, id)?.name ?? id}: over go itself`, over(id), 1.2, 'ms']),
    ['the slowest of these over asdf', ratio(worst, over('asdf')), 1 / 6, '×'],
    ['the slowest of these over mise', ratio(worst, over('mise')), 1 / 40, '×'],
    ['exec -- true by the launcher: over true', over('exec'), 6, 'ms'],
    ['gonative --version over node -e 0', row(startup, 'version')?.ratio, 1.8, '×'],
    ['… by the launcher', row(startup, 'version-launcher')?.ratio, 1.8, '×'],
    ['gonative list, 20 versions, over node -e 0', row(startup, 'list')?.ratio, 2.2, '×'],
    ['… by the launcher', row(startup, 'list-launcher')?.ratio, 2.2, '×'],
    ["install over go's own switch", ratio(time('gonative'), time('switch')), 0.6, '×'],
    ['install over unzip', ratio(time('gonative'), time('unzip')), 1, '×'],
    ['install: peak resident memory', install?.memory.most, 200, 'MB'],
  ].map(([what, value, limit, unit]) => ({ what, value, limit, unit, verdict: verdict(value, limit) }))
}

const row = (part, id) => part?.rows.find((each) => each.id === id)

const ratio = (own, others) => (own === undefined || others === undefined ? undefined : own / others)

function verdict(value, limit) {
  if (value === undefined) return 'not measured'
  return value <= limit ? 'ok' : 'missed'
}
