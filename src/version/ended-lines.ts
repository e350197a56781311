/**
 * The last release of every line that has ended (go.dev/doc/devel/release). A proxy's list may lack it though the
 * proxy serves it (1.19.13 is one), so `1.19` would otherwise get an older patch from a network without the index.
 */
import { lineOf, parseVersion } from './version.js'

const last = [
  ...['1.0.3', '1.1.2', '1.2.2', '1.3.3', '1.4.3', '1.5.4', '1.6.4', '1.7.6', '1.8.7', '1.9.7', '1.10.8', '1.11.13'],
  ...['1.12.17', '1.13.15', '1.14.15', '1.15.15', '1.16.15', '1.17.13', '1.18.10', '1.19.13', '1.20.14', '1.21.13'],
  ...['1.22.12', '1.23.12'],
]

/** The last release of an ended line (`1.19` → `1.19.13`); undefined for a line that still gets releases. */
export function lastOf(line: string): string | undefined {
  return last.find((text) => {
    const version = parseVersion(text)
    return version !== undefined && lineOf(version) === line
  })
}
