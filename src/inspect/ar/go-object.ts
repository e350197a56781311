/** What Go's compiler writes, and its package archives hold: a line with the platform, then Go's own format. */
import { platform } from '../go/go.js'
import { blank, type Description } from '../inspection.js'
import type { Source } from '../source.js'

/** `go object linux amd64 go1.27.4 GOAMD64=v1 X:…` (cmd/internal/objabi.HeaderString) */
export async function describeGoObject(source: Source): Promise<Description> {
  const start = await source.bytes(0, Math.min(1024, source.size), 'the line of a Go object')
  const [line = '', ...more] = start.toString('latin1').split('\n')
  const [, , os = null, arch = null, version = null] = line.split(' ')
  const buildId = more.find((text) => text.startsWith('build id "'))?.slice('build id "'.length, -1) ?? null
  const go = { version, path: null, module: null, deps: [], settings: {}, buildId }
  return { ...blank('go-object', 'object'), ...platform(null, { os, arch }), go }
}
