/** `install --from-source` with releases whose make.bash is a few lines: the plan, what is kept, and every way to be stopped. */
import { access, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ZipMember } from '../support/archives.js'
import { user, type User } from '../support/cli.js'
import { temporaryDirectory } from '../support/context.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'

/** A release in whose tree make.bash makes a go that says what it was compiled by, after `first`. */
function release(version: string, first = ''): ZipMember[] {
  const make = `set -e
${first}
echo cmd/go
mkdir -p ../bin ../pkg/bootstrap
by=C
[ -z "\${GOROOT_BOOTSTRAP-}" ] || by=$(basename "$(cd -P "$GOROOT_BOOTSTRAP" && pwd -P)")
printf '#!/bin/sh\\necho "go version go${version} by %s, cgo %s, final %s"\\n' "$by" "\${CGO_ENABLED-}" "\${GOROOT_FINAL##*/}" >../bin/go
chmod +x ../bin/go
`
  return [
    { name: 'bin/go', data: '#!/bin/sh\necho as published\n' },
    { name: 'VERSION', data: `go${version}\n` },
    { name: 'src/_go.mod', data: 'module std\n' },
    { name: 'src/make.bash', data: make },
  ]
}

/** Says where it is, and waits until it may go on. */
const waits = 'echo $$ >"$TMPDIR/waiting"; while [ ! -e "$TMPDIR/go-on" ]; do sleep 0.1; done'

let proxy: GoProxy
beforeAll(async () => {
  proxy = await serveGo()
  for (const version of ['1.4.3', '1.17.13', '1.22.12']) proxy.publish(version, { members: release(version) })
  proxy.publish('1.20.14', { members: release('1.20.14', waits) })
  proxy.publish('1.19.13', { members: release('1.19.13', 'echo "cannot find it" >&2; exit 3') })
  proxy.publish('1.18.10', { members: release('1.18.9') })
})
afterAll(() => proxy.close())

let me: User
let tmp: string
beforeEach(async () => {
  tmp = await temporaryDirectory()
  me = await user(join(tmp, `it's a "store" & $HOME`), { ...proxy.env, CC: 'true', TMPDIR: tmp })
  await writeFile(join(tmp, 'go-on'), '')
})

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
const names = (path: string): Promise<string[]> => readdir(join(me.home, path)).catch(() => [])
const version = async (of: string): Promise<string> => (await me.gonative('exec', '--go', of, '--', 'go')).stdout.trim()

/** Waits until a process is no more. @throws Error when it still is after ten seconds */
async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (!isRunning(pid)) return
    await sleep(100)
  }
  throw new Error(`process ${pid} goes on`)
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('install --from-source --dry-run', () => {
  it('shows the whole chain from C and changes nothing', async () => {
    const ran = await me.gonative('install', '1.22.12', '--from-source', '--from-c', '--dry-run')
    expect(ran.code).toBe(0)
    expect(ran.stdout).toBe(`STEP  GO       HOW                                 FROM
1     1.4.3    compiled by a C compiler, and kept  v0.0.1-go1.4.3.linux-amd64.zip (goproxy)
2     1.17.13  compiled by go 1.4.3, and kept      v0.0.1-go1.17.13.linux-amd64.zip (goproxy)
3     1.20.14  compiled by go 1.17.13, and kept    v0.0.1-go1.20.14.linux-amd64.zip (goproxy)
4     1.22.12  compiled by go 1.20.14              v0.0.1-go1.22.12.linux-amd64.zip (goproxy)
`)
    expect([...(await names('toolchains')), ...(await names('cache')), ...(await names('staging'))]).toEqual([])
  })

  it('has the same as data, and says what is there already', async () => {
    await me.gonative('install', '1.20.14', '--bare')
    const ran = await me.gonative('install', '1.22.12', '--from-source', '--dry-run', '--json')
    expect(JSON.parse(ran.stdout)).toMatchObject([
      {
        version: '1.22.12',
        installed: false,
        steps: [
          { version: '1.20.14', do: 'have', by: null, archive: null },
          { version: '1.22.12', do: 'build', by: '1.20.14', kept: false, source: 'goproxy' },
        ],
      },
    ])
    const there = await me.gonative('install', '1.20.14', '--from-source', '--dry-run')
    expect(there.stdout).toContain('go 1.20.14 is installed already, as published, from goproxy')
    expect(there.stdout).toContain('gonative uninstall 1.20.14')
  })
})

describe('install --from-source', () => {
  it('builds all from C, keeps what it built on the way, and takes it the next time', async () => {
    const ran = await me.gonative('install', '1.22.12', '--from-source', '--from-c', '--bare')
    expect(ran).toMatchObject({ code: 0 })
    expect(ran.stdout).toMatch(
      /^built go 1\.22\.12 from source with go 1\.20\.14 in \d+ s, its source verified by sumdb\n/,
    )
    // Where its own path can't be said to a make.bash, it is told the usual one.
    expect(await version('1.22.12')).toBe('go version go1.22.12 by go1.20.14, cgo , final go')
    expect(JSON.parse((await me.gonative('list', '--json')).stdout)).toMatchObject([
      { version: '1.22.12', built: { with: 'go 1.20.14', fromC: true }, verified: [{ by: 'sumdb' }] },
    ])
    expect((await me.gonative('verify')).code).toBe(0)
    const kept = await names('cache/built/from-c')
    expect(kept.filter((name) => !name.includes('.receipt') && !name.includes('.files')).sort()).toEqual([
      ...['go1.17.13', 'go1.20.14', 'go1.4.3'],
    ])
    expect(await names('staging')).toEqual([])

    await me.gonative('uninstall', '1.22.12')
    const again = await me.gonative('install', '1.22.12', '--from-source', '--from-c', '--bare', '--json')
    expect(JSON.parse(again.stdout)).toMatchObject([
      {
        steps: [
          { version: '1.20.14', did: 'found' },
          { version: '1.22.12', did: 'built' },
        ],
      },
    ])
  })

  it('leaves out a kept build that was changed, and builds it anew', async () => {
    await me.gonative('install', '1.20.14', '--from-source', '--from-c', '--bare')
    await me.gonative('uninstall', '1.20.14')
    const go = join(me.home, 'cache/built/from-c/go1.17.13/bin/go')
    await writeFile(go, '#!/bin/sh\necho mine\n')
    const ran = await me.gonative('install', '1.22.12', '--from-source', '--from-c', '--bare')
    expect(ran).toMatchObject({ code: 0 })
    expect(ran.stderr).toContain('the kept build of go 1.17.13 is damaged, and left out')
    expect(await readFile(go, 'utf8')).toContain('by go1.4.3, cgo 0')
  })

  it('goes on in the step in which it was killed, whose programs end with it', async () => {
    await rm(join(tmp, 'go-on'))
    const { child, done } = me.start('install', '1.22.12', '--from-source', '--from-c', '--bare')
    const waiting = join(tmp, 'waiting')
    while (!(await exists(waiting)) || (await readFile(waiting, 'utf8')) === '') await sleep(100)
    const pid = Number(await readFile(waiting, 'utf8'))
    child.kill('SIGKILL')
    await done
    await gone(pid)
    expect((await names('staging')).length).toBeGreaterThan(0)

    await writeFile(join(tmp, 'go-on'), '')
    const ran = await me.gonative('install', '1.22.12', '--from-source', '--from-c', '--bare')
    expect(ran).toMatchObject({ code: 0 })
    expect(ran.stderr).toContain('go 1.17.13: found')
    expect(ran.stderr).not.toMatch(/^build go 1\.(4|17)\./m)
    expect(await names('staging')).toEqual([])
  })

  it('ends with its programs when it is asked to end', async () => {
    await rm(join(tmp, 'go-on'))
    const { child, done } = me.start('install', '1.20.14', '--from-source', '--from-c', '--bare')
    const waiting = join(tmp, 'waiting')
    while (!(await exists(waiting)) || (await readFile(waiting, 'utf8')) === '') await sleep(100)
    child.kill('SIGTERM')
    await done
    await gone(Number(await readFile(waiting, 'utf8')))
    expect(child.signalCode).toBe('SIGTERM')
  })

  it('that fails shows the last lines, names the log, and leaves nothing else', async () => {
    const ran = await me.gonative('install', '1.19.13', '--from-source', '--bare')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('go 1.19.13 could not be built (exit 3):\n  cannot find it')
    const log = join(me.home, 'cache/logs/make-go1.19.13.log')
    expect(ran.stderr).toContain(log)
    expect(await readFile(log, 'utf8')).toBe('cannot find it\n')
    expect((await names('toolchains')).filter((name) => name.includes('1.19'))).toEqual([])
    expect(await names('staging')).toEqual([])
  })

  it('refuses a source that is of another release', async () => {
    const ran = await me.gonative('install', '1.18.10', '--from-source', '--bare')
    expect(ran).toMatchObject({ code: 3 })
    expect(ran.stderr).toContain('what was served as the source of go 1.18.10 says that it is "go1.18.9"')
  })

  it('takes no linked Go to compile with, and says when the version itself is linked', async () => {
    await me.gonative('install', '1.20.14', '--bare')
    const receipt = join(me.home, 'toolchains/go1.20.14.receipt.json')
    const text = JSON.parse(await readFile(receipt, 'utf8')) as object
    await writeFile(receipt, JSON.stringify({ ...text, linked: '/usr/local/go', verified: [] }))
    const plan = await me.gonative('install', '1.22.12', '--from-source', '--from-c', '--dry-run')
    expect(plan.stdout).toContain('compiled by a C compiler')
    const same = await me.gonative('install', '1.20.14', '--from-source')
    expect(same.stdout).toContain('as a link to /usr/local/go')
  })
})

describe('wrong usage of --from-source', () => {
  it.each([
    ['--from-c alone', ['1.22.12', '--from-c'], '--from-source'],
    ['--dry-run alone', ['1.22.12', '--dry-run'], '--from-source'],
    ['a name', ['system', '--from-source'], '"system" is not a Go version'],
  ])('%s is exit 2', async (_, args, said) => {
    const ran = await me.gonative('install', ...args)
    expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(ran.stderr).toContain(said)
  })

  it('a version that no source has is exit 5, whatever would compile it', async () => {
    const ran = await me.gonative('install', '1.0.3', '--from-source')
    expect(ran.code).toBe(5)
    expect(ran.stderr).toContain('no source has the source of go 1.0.3')
  })

  it('without a C compiler --from-c is exit 5 and says what to install', async () => {
    me = await user(join(tmp, 'without'), { ...proxy.env, PATH: '/nowhere' })
    const ran = await me.gonative('install', '1.4.3', '--from-source', '--from-c')
    expect(ran.code).toBe(5)
    expect(ran.stderr).toContain('there is no gcc, cc or clang on PATH')
    expect(ran.stderr).toContain('apt-get install gcc')
  })
})
