import { copyFile, mkdir, readdir, readlink, rename, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { user, type User } from '../support/cli.js'
import { temporaryDirectory } from '../support/context.js'

let me: User
let goroot: string
beforeEach(async () => {
  const directory = join(await temporaryDirectory(), `it's a "store" & $HOME`)
  me = await user(directory)
  goroot = join(directory, 'usr local', 'go')
  await makeGoroot(goroot)
})

/** What `link` takes for a GOROOT; its go is a program that is no script and does nothing. */
async function makeGoroot(directory: string, version = 'go1.26.8'): Promise<void> {
  await mkdir(join(directory, 'bin'), { recursive: true })
  await copyFile('/bin/true', join(directory, 'bin', 'go'))
  await writeFile(join(directory, 'VERSION'), `${version}\n`)
}

const json = async (...args: string[]): Promise<unknown> => JSON.parse((await me.gonative(...args, '--json')).stdout)

describe('link', () => {
  it('gives a Go of the user a name, under which every command knows it', async () => {
    const ran = await me.gonative('link', 'system', goroot)
    expect(ran.stdout).toBe(`go system is now the Go 1.26.8 in ${goroot}; not verified: it is yours\n`)
    expect((await me.gonative('link', 'system', goroot)).stdout).toContain('is already')
    const path = join(me.home, 'toolchains', 'gosystem')
    const linked = { directory: goroot, version: '1.26.8' }
    expect(await json('list')).toMatchObject([{ version: 'system', path, default: true, verified: [], linked }])
    expect((await me.gonative('list')).stdout).toContain(`${goroot} (go 1.26.8)  not verified: it is yours`)
    expect((await me.gonative('use', 'system', '--local')).code).toBe(0)
    expect(await json('current')).toMatchObject({ version: 'system', from: { kind: '.go-version' } })
    expect((await me.gonative('which', 'go')).stdout).toBe(`${join(path, 'bin', 'go')}\n`)
    expect((await me.gonative('exec', '--go', 'system', '--', 'go', 'version')).code).toBe(0)
    expect((await me.gonative('verify')).stderr).toContain('it is yours, and not verified')
    await makeGoroot(goroot, 'go1.22.3') // as the user's own upgrades do
    const targets = (await json('targets', '--go', 'system')) as { target: string }[]
    expect(targets.map(({ target }) => target)).toContain('windows/arm') // which 1.26 has no more
  })

  it('is undone by uninstall, which leaves the directory alone', async () => {
    await me.gonative('link', 'system', goroot)
    const ran = await me.gonative('uninstall', 'system')
    expect(ran.stdout).toContain(`${goroot} stays as it is`)
    expect((await readdir(goroot)).sort()).toEqual(['VERSION', 'bin'])
    expect(await readdir(join(me.home, 'toolchains'))).toEqual([])
    const again = await me.gonative('use', 'system')
    expect(again).toMatchObject({ code: 5, stderr: expect.stringContaining('gonative link system') as string })
  })

  it('moves to another directory, and follows a link that an upgrade moves', async () => {
    const [old, opt] = [join(me.cwd, 'go1.25'), join(me.cwd, 'opt')]
    await makeGoroot(old, 'go1.25.3')
    await symlink(old, opt)
    await me.gonative('link', 'system', goroot)
    expect((await me.gonative('link', 'system', 'opt')).stdout).toContain('the Go 1.25.3')
    expect(await readlink(join(me.home, 'toolchains', 'gosystem'))).toBe(opt)
    await rename(opt, `${opt}.old`)
    await symlink(goroot, opt)
    expect(await json('list')).toMatchObject([{ linked: { directory: opt, version: '1.26.8' } }])
  })

  it('says of a directory that is gone what to do', async () => {
    await me.gonative('link', 'system', goroot)
    await rename(goroot, `${goroot}.away`)
    for (const args of [['current'], ['which'], ['exec', '--', 'go', 'version'], ['use', 'system']]) {
      const ran = await me.gonative(...args)
      expect(ran).toMatchObject({
        code: 5,
        stderr: expect.stringContaining(`linked to ${goroot}, and there`) as string,
      })
      expect(ran.stderr).toContain('gonative link system <directory>, or gonative uninstall system')
    }
    expect((await me.gonative('list')).stdout).toContain('no Go there any more')
    expect((await me.gonative('uninstall', 'system')).code).toBe(0)
  })

  it.each(['1.27', 'go1.2', '2', 'latest', '../x', 'A', 'a b'])('refuses the name %j', async (name) => {
    const ran = await me.gonative('link', '--', name, goroot)
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be linked as') as string })
  })

  it('refuses what is no GOROOT, and names the one that may be meant', async () => {
    const refused = async (directory: string, code: number, said: string): Promise<void> => {
      const ran = await me.gonative('link', 'system', directory)
      expect(ran).toMatchObject({ code, stderr: expect.stringContaining(said) as string })
    }
    await refused('nowhere', 5, 'there is no directory')
    await refused(me.cwd, 2, 'no program bin/go')
    await refused(join(goroot, 'bin'), 2, `${goroot} may be what you mean`)
    await refused(join(goroot, 'bin', 'go'), 2, `${goroot} may be what you mean`)
    await refused(dirname(goroot), 2, `${goroot} may be what you mean`)
    await writeFile(join(goroot, 'VERSION'), 'something\n')
    await refused(goroot, 2, 'no VERSION')
    await makeGoroot(goroot)
    await writeFile(join(goroot, 'bin', 'go'), '#!/bin/sh\nexec goenv exec go "$@"\n')
    await refused(goroot, 2, 'is a script')
    await copyFile('/bin/false', join(goroot, 'bin', 'go'))
    await refused(goroot, 1, 'does not run here')
    const own = join(me.home, 'toolchains', 'go1.27.4')
    await makeGoroot(own, 'go1.27.4')
    await refused(own, 2, "gonative's own")
    expect((await readdir(join(me.home, 'toolchains'))).sort()).toEqual(['go1.27.4'])
  })
})
