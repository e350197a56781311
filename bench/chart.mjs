// The results as a picture: what each way adds to a call of go (logarithmic: they are two orders apart), what gonative
// takes to start, and the installs. Its greys can be read on white and on black, for it is shown on both.
import { panelOf } from './panel.mjs'

const width = 760

/** @param {object} results of a whole run, as bench/results.json has them. @returns {string} an SVG document */
export function chartOf({ calls, startup, install, date, machine, versions }) {
  const added = calls.rows.filter(({ base }) => base?.startsWith('direct'))
  const below = (row) => calls.rows.find(({ id }) => id === row.base).median
  const panels = [
    {
      title: 'Added to each call of go, in milliseconds (logarithmic)',
      rows: added.map((row) => bar(row, row.overhead, [row.p10 - below(row), row.p90 - below(row)])),
      log: true,
    },
    {
      title: 'Starting, in milliseconds',
      rows: startup.rows.map((row) => bar(row, row.median, [row.p10, row.p90])),
    },
    {
      title: `Installing Go ${versions.go} from a server on the same machine, in seconds`,
      rows: install.rows.map((row) => bar(row, row.median / 1000, [row.p10 / 1000, row.p90 / 1000])),
    },
  ]
  let top = 8
  const drawn = panels.map((panel) => {
    const { svg, height } = panelOf(panel, { top, width })
    top += height
    return svg
  })
  const about = `Medians with their 10th and 90th percentiles · ${date.slice(0, 10)} · ${machine.cores} × ${machine.cpu}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top + 24}" viewBox="0 0 ${width} ${top + 24}"`,
    ' font-family="system-ui, sans-serif" font-size="13" fill="#768390">',
    ...drawn,
    `<text x="8" y="${top + 12}" font-size="11">${escaped(about)}</text>`,
    '</svg>\n',
  ].join('\n')
}

const bar = ({ id, name }, value, spread) => ({ name: escaped(name), value, spread, ours: ours.test(id) })

const ours = /^(shim|gonative|version|list)/

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
