import { beforeAll, describe, expect, it } from 'vitest'
import { user, type User } from '../support/cli.js'
import { realUser } from '../support/real.js'
import { suiteDirectory } from '../support/suite.js'

/** Real releases from the real sources, the oldest from the time of C compilers in the distribution. */
const versions = ['1.27.4', '1.22.12', '1.19.13', '1.4.3', '1.2.2']

const directory = suiteDirectory()
let me: User
beforeAll(async () => {
  me = await realUser(directory)
  const ran = await me.gonative('install', '--bare', ...versions)
  expect(ran).toMatchObject({ code: 0 })
})

describe('real releases', () => {
  it('are each verified against the checksum database', async () => {
    const listed = JSON.parse((await me.gonative('list', '--json')).stdout) as {
      version: string
      verified: { by: string; evidence: string }[]
    }[]
    expect(listed.map(({ version }) => version)).toEqual(versions)
    for (const { verified } of listed) {
      expect(verified).toContainEqual({
        by: 'sumdb',
        evidence: expect.stringMatching(/^h1:\S+ in the checksum database sum\.golang\.org/) as string,
      })
    }
  })

  it.each(versions)('go version of %s is right through exec and through the shim', async (version) => {
    const expected = `go version go${version} linux/amd64\n`
    expect((await me.gonative('exec', '--go', version, '--', 'go', 'version')).stdout).toBe(expected)
    expect((await me.run('go', ['version'], { GONATIVE_GO: version })).stdout).toBe(expected)
  })

  it('are as installed when they are read again', async () => {
    const ran = await me.gonative('verify')
    expect(ran).toMatchObject({ code: 0 })
    expect(ran.stdout.match(/files are as installed/g)).toHaveLength(versions.length)
  })

  it('a line is its newest patch, also one that the list lacks', async () => {
    expect((await me.gonative('install', '--bare', '1.22')).stdout).toBe('go 1.22.12 is installed already\n')
    expect((await me.gonative('install', '--bare', '1.19')).stdout).toBe('go 1.19.13 is installed already\n')
  })

  it('a version that does not exist is exit 5, naming the nearest', async () => {
    const ran = await me.gonative('install', '9.99')
    expect(ran.code).toBe(5)
    expect(ran.stderr).toMatch(/The nearest that exist: .*1\.\d+\.\d+/)
  })

  it.each(['1.27.4', '1.19.13', '1.4.3', '1.2.2'])('%s compiles and runs a program', async (version) => {
    await me.run('sh', ['-c', `printf 'package main\\nfunc main() { println("ran") }\\n' > hello.go`])
    const ran = await me.run('go', ['run', 'hello.go'], { GONATIVE_GO: version })
    expect(ran).toMatchObject({ code: 0, stderr: 'ran\n' })
  })

  it('without any network what is installed goes on working', async () => {
    const off = 'http://127.0.0.1:1'
    const offline = await user(directory, { ...me.env, GOPROXY: off, HTTPS_PROXY: off, HTTP_PROXY: off })
    expect((await offline.run('go', ['version'], { GONATIVE_GO: '1.22' })).stdout).toContain('go1.22.12')
    const ran = await offline.gonative('install', '1.22.11')
    expect(ran.code).toBe(4)
    for (const source of ['goproxy: ', 'go-index: ']) expect(ran.stderr).toContain(source)
  })
})
