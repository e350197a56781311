// What gonative promises of these figures, each held against one run. A ratio whose peer was not there is left open.

const shims = ['shim', 'shim-pin', 'shim-20', 'shim-deep', 'shim-pin-deep']

/**
 * @param {{calls?: object, startup?: object, install?: object}} results a part that was not measured has no limits
 * @returns {{what: string, value?: number, limit: number, unit: string, verdict: 'ok' | 'missed' | 'not measured'}[]}
 */
export function limitsOf(results) {
  return [
    ...(results.calls ? ofCalls(results.calls) : []),
    ...(results.startup ? ofStartup(results.startup) : []),
    ...(results.install ? ofInstall(results.install) : []),
  ].map(([what, value, limit, unit]) => ({ what, value, limit, unit, verdict: verdict(value, limit) }))
}

function ofCalls(calls) {
  const over = (id) => row(calls, id)?.overhead
  const worst = Math.max(...shims.map(over))
  return [
    ...shims.map((id) => [`${row(calls, id)?.name}: over go itself`, over(id), 1.2, 'ms']),
    ['the slowest of these over asdf', ratio(worst, over('asdf')), 1 / 6, '×'],
    ['the slowest of these over mise', ratio(worst, over('mise')), 1 / 40, '×'],
    ['exec -- true by the launcher: over true', over('exec'), 6, 'ms'],
  ]
}

function ofStartup(startup) {
  const over = (id) => row(startup, id)?.ratio
  return [
    ['gonative --version over node -e 0', over('version'), 1.8, '×'],
    ['gonative --version by the launcher', over('version-launcher'), 1.8, '×'],
    ['gonative list, 20 versions, over node -e 0', over('list'), 2.2, '×'],
    ['gonative list by the launcher', over('list-launcher'), 2.2, '×'],
  ]
}

function ofInstall(install) {
  const time = (id) => row(install, id)?.median
  return [
    ["install over go's own switch", ratio(time('gonative'), time('switch')), 0.6, '×'],
    ['install over unzip', ratio(time('gonative'), time('unzip')), 1, '×'],
    ['install: peak resident memory', install.memory.most, 200, 'MB'],
  ]
}

const row = (part, id) => part.rows.find((each) => each.id === id)

const ratio = (own, others) => (own === undefined || others === undefined ? undefined : own / others)

function verdict(value, limit) {
  if (value === undefined) return 'not measured'
  return value <= limit ? 'ok' : 'missed'
}
