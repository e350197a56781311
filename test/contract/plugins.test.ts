import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { linkAcme, serveAcme } from '../support/acme.js'
import { user, type User } from '../support/cli.js'
import { temporaryDirectory } from '../support/context.js'
import { publishDistribution } from '../support/distributions.js'
import type { FileServer } from '../support/files.js'
import { serveGo, type GoProxy } from '../support/go-proxy.js'

let proxy: GoProxy
let acme: FileServer
beforeAll(async () => {
  proxy = await serveGo()
  proxy.publish('1.98.1')
  acme = await serveAcme()
})
afterAll(() => Promise.all([proxy.close(), acme.close()]))

let me: User
beforeEach(async () => {
  me = await user(await temporaryDirectory(), { ...proxy.env, ACME_URL: acme.url })
})

/** Links a plugin of one file. */
async function link(name: string, register: string): Promise<void> {
  const directory = join(me.cwd, name)
  await mkdir(directory, { recursive: true })
  const pjson = { name, version: '1.0.0', type: 'module', oclif: { hooks: { 'gonative:register': './register.js' } } }
  await writeFile(join(directory, 'package.json'), JSON.stringify(pjson))
  await writeFile(join(directory, 'register.js'), register)
  expect(await me.gonative('plugins', 'link', directory, '--no-install')).toMatchObject({ code: 0 })
}

describe('a plugin from outside', () => {
  it('is linked, its source is asked, its compiler is verified, and its strategy grafts a target', async () => {
    expect(await linkAcme(me)).toMatchObject({ code: 0 })
    expect((await me.gonative('plugins')).stdout).toContain('gonative-plugin-acme')

    const installed = await me.gonative('install', '1.98.1', '--targets', 'linux/mips64', '--strategy', 'acme-cc')
    expect(installed).toMatchObject({ code: 0 })
    expect(installed.stdout).toContain('cgo for linux/mips64')
    const listed = await me.gonative('list')
    expect(listed.stdout).toMatch(/acme-cc\s+1\.0\.0\s+acme\s+digest/)

    const given = await me.run('go', ['env'], { GOOS: 'linux', GOARCH: 'mips64' })
    const cc = /^CC=(gonative-cc acme-mips64-[0-9a-f]{8})$/m.exec(given.stdout)?.[1] ?? ''
    expect(given.stdout).toMatch(/^CGO_ENABLED=1$/m)
    const compiled = await me.run('sh', ['-c', `${cc} -c 'a file.c'`])
    expect(compiled).toMatchObject({ code: 0, stdout: 'acme-cc:-march=mips64\nacme-cc:-c\nacme-cc:a file.c\n' })

    const rows = JSON.parse((await me.gonative('targets', '--json')).stdout) as { target: string }[]
    expect(rows.find(({ target }) => target === 'linux/mips64')).toMatchObject({ strategy: 'acme-cc', grafted: true })

    // Taken away with the one graft that needed it.
    expect(await me.gonative('graft', 'linux/mips64', '--remove')).toMatchObject({ code: 0 })
    expect((await me.gonative('list')).stdout).not.toContain('acme-cc')
  })

  it('whose compiler is missing for one target loses that target, with a word, and only that', async () => {
    expect(await linkAcme(me)).toMatchObject({ code: 0 })
    const strategy = `{
      plan(_, { goos, goarch }) {
        if (goos !== 'linux' || !goarch.startsWith('mips64')) return { refused: 'no' }
        const version = goarch === 'mips64' ? '1.0.0' : '9.9.9'
        return { name: 'half', target: { goos, goarch }, needs: [{ tool: 'acme-cc', versions: [version] }] }
      },
      apply: async () => ({ env: { CGO_ENABLED: '1' } }),
    }`
    const load = `async () => ({ default: ${strategy} })`
    await link('halfway', `export default () => [{ kind: 'strategy', id: 'half', priority: 1, load: ${load} }]`)
    const ran = await me.gonative('install', '1.98.1', '--strategy', 'half')
    expect(ran.code).toBe(0)
    expect(ran.stdout).toMatch(/cgo for linux\/mips64\n$/)
    expect(ran.stderr).toContain('left out linux/mips64le: no source has acme-cc 9.9.9:\n  acme: does not have it')
    const named = await me.gonative('install', '1.98.1', '--strategy', 'half', '--targets', 'linux/mips64le')
    expect(named.code).toBe(5)
  })

  describe('whose plan takes from a distribution', () => {
    /** Takes one file over from the release for linux/mips64, into the graft and the toolchain's tree. */
    const taking = (then: string) => `{
      plan(release, { goos, goarch }) {
        if (goarch !== 'mips64') return { refused: 'no' }
        const distributions = [{ release, host: { os: goos, arch: goarch }, keep: ['pkg/**'] }]
        return { name: 'taking', target: { goos, goarch }, needs: [], distributions }
      },
      async apply(_, { directory, distributions: [from] }) {
        const { cp, readdir } = await import('node:fs/promises')
        if (String(await readdir(from)) !== 'pkg') throw new Error('it was handed more than it keeps')
        await cp(from + '/pkg', directory + '/goroot/pkg', { recursive: true })
        ${then}
      },
    }`
    const linkTaking = (then: string): Promise<void> =>
      link(
        'taker',
        `export default () => [{ kind: 'strategy', id: 'take', priority: 1, load: async () => ({ default: ${taking(then)} }) }]`,
      )
    const mirrored = async (): Promise<User> => {
      const mirror = join(me.cwd, 'mirror')
      await publishDistribution(mirror, { version: '1.98.1', host: 'linux-mips64' })
      return user(join(me.home, '..'), { ...me.env, GONATIVE_MIRROR: mirror })
    }

    it('is handed what it keeps, verified, and its files are laid into the toolchain that is installed', async () => {
      await linkTaking(`return { env: { CGO_ENABLED: '1' } }`)
      const other = await mirrored()
      const named = ['--strategy', 'take', '--targets', 'linux/mips64']
      expect(await other.gonative('install', '1.98.1', ...named)).toMatchObject({ code: 0 })
      const laid = join(me.home, 'toolchains/go1.98.1/pkg/linux_mips64/net.a')
      expect(await readFile(laid, 'utf8')).toBe('net for linux-mips64\n')
      expect(await me.gonative('verify')).toMatchObject({ code: 0 })
    })

    it('is passed over when no source has it, or it says no, and nothing of it is left', async () => {
      expect(await linkAcme(me)).toMatchObject({ code: 0 })
      await linkTaking(`return { refused: 'it is not to my taste' }`)
      expect(await me.gonative('install', '1.98.1', '--bare')).toMatchObject({ code: 0 })
      const absent = await me.gonative('graft', 'linux/mips64')
      expect(absent).toMatchObject({ code: 0 })
      expect(absent.stderr).toContain('taking acme-cc')
      const refused = await (await mirrored()).gonative('graft', 'linux/mips64')
      expect(refused).toMatchObject({ code: 0 })
      expect(refused.stderr).toContain('it is not to my taste; taking acme-cc')
      await expect(readFile(join(me.home, 'toolchains/go1.98.1/pkg/linux_mips64/net.a'))).rejects.toThrow()
      expect(await me.gonative('verify')).toMatchObject({ code: 0 })
    })

    it('is what graft takes first; install does with what needs no other distribution', async () => {
      expect(await linkAcme(me)).toMatchObject({ code: 0 })
      await linkTaking(`return { env: { CGO_ENABLED: '1' } }`)
      const other = await mirrored()
      const strategy = async (): Promise<unknown> => {
        const rows = JSON.parse((await other.gonative('targets', '--json')).stdout) as { target: string }[]
        return rows.find(({ target }) => target === 'linux/mips64')
      }
      expect(await other.gonative('install', '1.98.1', '--targets', 'linux/mips64')).toMatchObject({ code: 0 })
      expect(await strategy()).toMatchObject({ strategy: 'acme-cc' })
      expect(await other.gonative('graft', 'linux/mips64')).toMatchObject({ code: 0 })
      expect(await strategy()).toMatchObject({ strategy: 'take' })
    })

    it('is never laid into a Go that is linked', async () => {
      await linkTaking(`return { env: { CGO_ENABLED: '1' } }`)
      const goroot = join(me.cwd, 'my go')
      await mkdir(join(goroot, 'bin'), { recursive: true })
      await mkdir(join(goroot, 'src'), { recursive: true })
      await writeFile(join(goroot, 'VERSION'), 'go1.27.4')
      await copyFile('/bin/true', join(goroot, 'bin/go'))
      expect(await me.gonative('link', 'mine', goroot)).toMatchObject({ code: 0 })
      const ran = await (await mirrored()).gonative('graft', 'linux/mips64', '--strategy', 'take', '--go', 'mine')
      expect(ran.code).toBe(1)
      expect(ran.stderr).toContain('which is a Go of yours')
    })
  })

  it('that repeats an id is named, with the one that had it first', async () => {
    await link(
      'copycat',
      `export default () => [{ kind: 'source', id: 'goproxy', priority: 99, load: async () => ({}) }]`,
    )
    const ran = await me.gonative('install', '1.98.1', '--bare')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain(
      "the plugin copycat offers the source 'goproxy', which @gonative/source-goproxy already offers",
    )
    expect(ran.stderr).toContain('gonative plugins uninstall copycat')
  })

  it('that throws is named, with what it said', async () => {
    await link('thrower', `export default () => { throw new Error('out of cheese') }`)
    const ran = await me.gonative('install', '1.98.1', '--bare')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('the plugin thrower failed to register: out of cheese')
  })

  it('whose module cannot even be read is named', async () => {
    await link('broken', `export default (`)
    const ran = await me.gonative('install', '1.98.1', '--bare')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('the plugin broken failed to register')
  })

  it('that hangs is named after a while', async () => {
    await link('sleeper', `export default () => new Promise(() => {})`)
    const ran = await me.gonative('list-remote')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('the plugin sleeper did not answer within 10 seconds')
  })

  it('that hangs while it is loaded is named too', async () => {
    await link('dreamer', `await new Promise(() => {}); export default () => []`)
    const ran = await me.gonative('list-remote')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('the plugin dreamer did not finish loading')
  })

  it('that returns nonsense is named', async () => {
    await link('babbler', `export default () => [{ kind: 'sauce', id: 'x' }]`)
    const ran = await me.gonative('install', '1.98.1', '--bare')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('the plugin babbler returned a descriptor that is not {kind, id, priority, load}')
  })

  it('with a verifier that cannot be loaded stops the install, and nothing is downloaded', async () => {
    const load = `() => import('./missing.js')`
    await link('novet', `export default () => [{ kind: 'verifier', id: 'vet', priority: 1, load: ${load} }]`)
    const ran = await me.gonative('install', '1.98.1', '--bare', '--allow-unverified')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain("the plugin novet could not load its verifier 'vet'")
    await expect(readFile(join(me.home, 'toolchains/go1.98.1/VERSION'))).rejects.toThrow()
  })

  it('with a strategy that throws is named, and nothing is installed', async () => {
    const strategy = `{ plan: () => { throw new Error('lost the plan') }, apply: async () => ({ env: {} }) }`
    const load = `async () => ({ default: ${strategy} })`
    await link('lost', `export default () => [{ kind: 'strategy', id: 'lost', priority: 1, load: ${load} }]`)
    const ran = await me.gonative('install', '1.98.1', '--targets', 'linux/mips64')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain("the strategy 'lost' of lost failed: lost the plan")
    expect((await me.gonative('list')).stdout).toBe('')
  })

  it('with a source that throws is named', async () => {
    const source = `{ tools: ['go'], versions: async () => [], locate() { throw new TypeError('oops') } }`
    const load = `async () => ({ default: ${source} })`
    await link('tripper', `export default () => [{ kind: 'source', id: 'trip', priority: 1, load: ${load} }]`)
    const ran = await me.gonative('install', '1.98.1', '--bare')
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain("the source 'trip' of tripper failed: oops")
  })

  it('with a verifier that throws has refused, in its own words', async () => {
    const load = `async () => ({ default: { stage: 'file', verify() { throw new Error('no idea') } } })`
    await link('unsure', `export default () => [{ kind: 'verifier', id: 'unsure', priority: 1, load: ${load} }]`)
    const ran = await me.gonative('install', '1.98.1', '--bare', '--allow-unverified')
    expect(ran.code).toBe(3)
    expect(ran.stderr).toContain('is refused by unsure: no idea')
  })

  it('with a verifier that says no is obeyed, whatever the others say', async () => {
    const verifier = `{ stage: 'file', verify: async () => ({ status: 'rejected', reason: 'not on my list' }) }`
    const load = `async () => ({ default: ${verifier} })`
    await link('picky', `export default () => [{ kind: 'verifier', id: 'picky', priority: 1, load: ${load} }]`)
    const ran = await me.gonative('install', '1.98.1', '--bare', '--allow-unverified')
    expect(ran.code).toBe(3)
    expect(ran.stderr).toContain('is refused by picky: not on my list')
  })

  it('does not slow or stop what needs no plugin', async () => {
    await me.gonative('install', '1.98.1', '--bare')
    await link('thrower', `export default () => { throw new Error('out of cheese') }`)
    for (const command of [['list'], ['current'], ['which', 'go'], ['exec', '--', 'go', 'version']]) {
      expect(await me.gonative(...command)).toMatchObject({ code: 0 })
    }
  })
})
