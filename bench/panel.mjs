// One panel of the chart: a title, and a bar with its value and its spread for each row.

const names = 270 // the width of the column of names
const values = 60 // room for a value behind the longest bar
const line = 20
const colours = { ours: '#2a9d8f', theirs: '#8b949e' }

/**
 * @param {{title: string, rows: {name: string, value: number, spread: number[], ours: boolean}[], log?: boolean}} panel
 *   names are XML text already
 * @param {{top: number, width: number}} place
 * @returns {{svg: string, height: number}}
 */
export function panelOf({ title, rows, log = false }, { top, width }) {
  const scale = scaleOf(rows, log, width - names - values)
  const bars = rows.map((row, n) => barOf(row, top + 30 + n * line, scale))
  const head = `<text x="8" y="${top + 16}" font-weight="600">${title}</text>`
  return { svg: [head, ...bars].join('\n'), height: 30 + rows.length * line + 16 }
}

/** From a value to the length of its bar; a logarithmic one begins at the power of ten below the smallest. */
function scaleOf(rows, log, length) {
  const most = Math.max(...rows.flatMap(({ value, spread }) => [value, ...spread]))
  if (!log) return (value) => (Math.max(value, 0) / most) * length
  const least = 10 ** Math.floor(Math.log10(Math.max(Math.min(...rows.map(({ value }) => value)), 0.1)))
  return (value) => (Math.log10(Math.max(value, least) / least) / Math.log10(most / least)) * length
}

function barOf({ name, value, spread, ours }, y, scale) {
  const [from, to] = spread.map((each) => rounded(names + scale(each)))
  const colour = ours ? colours.ours : colours.theirs
  const end = Math.max(names + scale(value), to)
  return [
    `<text x="${names - 8}" y="${y + 12}" text-anchor="end">${name}</text>`,
    `<rect x="${names}" y="${y + 2}" width="${rounded(Math.max(scale(value), 1))}" height="13" fill="${colour}"/>`,
    `<path d="M${from} ${y + 8.5}H${to}M${from} ${y + 5}v7M${to} ${y + 5}v7" stroke="#57606a" fill="none"/>`,
    `<text x="${rounded(end + 6)}" y="${y + 12}">${shown(value)}</text>`,
  ].join('\n')
}

const rounded = (value) => Number(value.toFixed(1))

const shown = (value) => (Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 1 ? 1 : 2))
