/** Exporting and importing grafts that are not zig's: those with an SDK of the user's own, and those that compile nothing. */
import { access, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { user, type User } from '../support/cli.js'
import { temporaryDirectory } from '../support/context.js'
import { oldToolchain, publishDistribution } from '../support/distributions.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'
import { fakeNdk } from '../support/ndk.js'

const version = '1.98.1'
const old = '1.18.99'

/** As much of a go command as warming calls: it leaves one output in the build cache. */
const go = `#!/bin/sh
case $1 in
version) echo "go version go${version} linux/amd64" ;;
env) printf '%s\\n' "\${GOCACHE:-$HOME/go-build}" "" ;;
list) echo runtime ;;
build) mkdir -p "$GOCACHE/ab" && echo compiled >"$GOCACHE/ab/ab${'0'.repeat(62)}-d" ;;
*) exit 2 ;;
esac
`

let proxy: GoProxy
let directory: string
let mirror: string
let ndk: string
beforeEach(async () => {
  proxy = await serveGo()
  proxy.publish(version, {
    members: [
      { name: 'bin/go', data: go, stored: true },
      { name: 'VERSION', data: `go${version}\n` },
    ],
  })
  directory = await temporaryDirectory()
  ndk = await fakeNdk(join(directory, 'an "ndk" & $HOME'))
  mirror = join(directory, 'mirror')
  await mkdir(mirror)
})
afterEach(() => proxy.close())

const someone = (name: string, variables: Record<string, string> = {}): Promise<User> =>
  user(join(directory, name), { ...proxy.env, GONATIVE_MIRROR: mirror, ...variables })

describe('a graft with an SDK', () => {
  it('is made with the same SDK where it is imported, and its caches are taken over', async () => {
    const file = join(directory, 'grafts.tar.gz')
    const me = await someone('me', { ANDROID_NDK_HOME: ndk })
    expect(await me.gonative('install', version, '--targets', 'android/arm64')).toMatchObject({ code: 0 })
    expect(await me.gonative('graft', 'export', 'android/arm64', '-o', file)).toMatchObject({ code: 0 })
    // Nothing but the archive says there which SDK it was.
    const you = await someone('you')
    expect(await you.gonative('graft', 'import', file)).toMatchObject({
      code: 0,
      stdout: `go ${version}: warm for android/arm64\n`,
    })
    const kept = join(directory, `you/home/go-build/ab/ab${'0'.repeat(62)}-d`)
    await expect(access(kept)).resolves.toBeUndefined()

    await rename(ndk, `${ndk} elsewhere`)
    const other = await someone('other')
    const ran = await other.gonative('graft', 'import', file)
    expect(ran.code).toBe(5)
    expect(ran.stderr).toContain(`the archive's graft for android/arm64 was made with ${ndk}, which is not here`)
  })
})

describe('a graft whose packages come from a distribution', () => {
  it('has nothing to export, and says how to have it there', async () => {
    proxy.publish(old, { members: oldToolchain(old) })
    await publishDistribution(mirror, { version: old, host: 'linux-arm64' })
    const me = await someone('me')
    expect(await me.gonative('install', old, '--bare')).toMatchObject({ code: 0 })
    expect(await me.gonative('graft', 'linux/arm64')).toMatchObject({ code: 0 })
    const ran = await me.gonative('graft', 'export')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('the packages of linux/arm64 are those of their distributions')
    expect(ran.stderr).toContain(`gonative graft linux/arm64 --go ${old}`)
    await expect(access(join(me.cwd, `go${old}-grafts.tar.gz`))).rejects.toThrow('ENOENT')
  })
})
