/**
 * A module proxy and a checksum database on the loopback, with Go toolchains that are small and real in all that
 * gonative looks at: `bin/go` is a program that says which version it is and shows the variables that it was given.
 */
import { createHash } from 'node:crypto'
import { makeZip, type ZipMember } from './archives.js'
import { serveFiles, type FileServer } from './files.js'
import { serveSumdb, type SumdbServer } from './sumdb.js'

export interface GoProxy {
  files: FileServer
  sumdb: SumdbServer
  /** GOPROXY and GOSUMDB for it, and no other Go in sight. */
  env: Record<string, string>
  /** Serves a version for linux/amd64. @returns the zip's path on the server */
  publish(version: string, options?: { more?: number; members?: ZipMember[] }): string
  /** Records a version for another platform in the checksum database, without serving it. */
  record(platform: string, version: string, members: ZipMember[]): void
  close(): Promise<void>
}

const host = `linux-${process.arch === 'arm64' ? 'arm64' : 'amd64'}`

export async function serveGo(): Promise<GoProxy> {
  const files = await serveFiles()
  const sumdb = await serveSumdb()
  const versions: string[] = []
  return {
    files,
    sumdb,
    env: {
      GOPROXY: `${files.url},${sumdb.url}`,
      GOSUMDB: sumdb.sumdb.key,
      GOENV: 'off',
      GOFLAGS: '',
    },
    publish(version, { more = 0, members } = {}) {
      const module = `v0.0.1-go${version}.${host}`
      const inside = members ?? [...toolchain(version), ...Array.from({ length: more }, (_, n) => filler(n))]
      const named = inside.map((member) => ({
        ...member,
        name: `golang.org/toolchain@${module}/${String(member.name)}`,
      }))
      const at = `/golang.org/toolchain/@v/${module}`
      files.files.set(`${at}.zip`, makeZip(named))
      files.files.set(`${at}.info`, JSON.stringify({ Version: module, Time: '2026-01-01T00:00:00Z' }))
      files.files.set(`${at}.mod`, 'module golang.org/toolchain\n')
      versions.push(module)
      files.files.set('/golang.org/toolchain/@v/list', `${versions.join('\n')}\n`)
      sumdb.sumdb.add('golang.org/toolchain', module, h1(named))
      return `${at}.zip`
    },
    record(platform, version, members) {
      const module = `v0.0.1-go${version}.${platform.replace('/', '-')}`
      const path = `golang.org/toolchain@${module}`
      sumdb.sumdb.add(
        'golang.org/toolchain',
        module,
        h1(members.map((member) => ({ ...member, name: `${path}/${String(member.name)}` }))),
      )
    },
    async close() {
      await files.close()
      await sumdb.close()
    },
  }
}

function toolchain(version: string): ZipMember[] {
  const go = `#!/bin/sh
case $1 in
version) echo "go version go${version} ${host.replace('-', '/')}" ;;
env) env ;;
*) exit 2 ;;
esac
`
  return [
    { name: 'bin/go', data: go, stored: true },
    { name: 'bin/gofmt', data: '#!/bin/sh\necho gofmt "$@"\n' },
    { name: 'VERSION', data: `go${version}\n` },
    { name: 'src/_go.mod', data: 'module std\n' },
  ]
}

/** Not compressible to nothing, so that a download can be stopped in its middle. */
function filler(n: number): ZipMember {
  const data = Buffer.concat(
    Array.from({ length: 64 }, (_, part) => createHash('sha256').update(`${n}/${part}`).digest()),
  )
  return { name: `src/filler/f${n}.go`, data, stored: true }
}

/** golang.org/x/mod/sumdb/dirhash's Hash1. */
function h1(members: ZipMember[]): string {
  const lines = members.map(({ name, data }) => {
    const hash = createHash('sha256')
      .update(Buffer.from((data ?? '') as string))
      .digest('hex')
    return `${hash}  ${String(name)}\n`
  })
  lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))
  return `h1:${createHash('sha256').update(lines.join('')).digest('base64')}`
}
