/** go1.4.3 from its C code, by this machine's C compiler: stopped once, then to its end. */
import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { realUser } from '../support/real.js'
import { suiteDirectory } from '../support/suite.js'

const directory = suiteDirectory()
const wanted = ['install', '1.4.3', '--from-source', '--from-c', '--bare']

/** Whether anything that was started from the store's staging is there. */
function isBuilding(home: string): boolean {
  const { stdout } = spawnSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
  return stdout.split('\n').some((line) => line.includes(join(home, 'staging')))
}

const program = `package main

// int answer() { return 42; }
import "C"
import (
	"fmt"
	"runtime"
)

func main() { fmt.Println(runtime.Version(), C.answer()) }
`

describe('go 1.4.3 from source', () => {
  it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
    'is built from C after it was stopped, and builds programs with cgo',
    async () => {
      const me = await realUser(directory, { GOENV: 'off' })
      const { child, done } = me.start(...wanted)
      let said = ''
      child.stderr?.on('data', (text: string) => (said += text))
      while (!said.includes('build go 1.4.3') && child.exitCode === null) await sleep(200)
      await sleep(2000)
      child.kill('SIGTERM')
      await done
      for (let tries = 0; isBuilding(me.home) && tries < 50; tries++) await sleep(200)
      expect(isBuilding(me.home)).toBe(false)

      const ran = await me.gonative(...wanted)
      expect(ran).toMatchObject({ code: 0 })
      expect(ran.stdout).toMatch(/^built go 1\.4\.3 from source with .+ in \d+ s, its source verified by sumdb\n/)
      expect((await me.gonative('verify', '1.4.3')).code).toBe(0)
      expect((await me.run('go', ['version'])).stdout).toBe('go version go1.4.3 linux/amd64\n')
      const stale = ['list', '-f', '{{if .Stale}}{{.ImportPath}}{{end}}', 'std']
      expect(await me.run('go', stale)).toMatchObject({ code: 0, stdout: '' })

      const src = join(me.cwd, 'go/src/program')
      await mkdir(src, { recursive: true })
      await writeFile(join(src, 'main.go'), program)
      const env = { GOPATH: join(me.cwd, 'go') }
      expect(await me.run('go', ['build', '-o', join(src, 'program'), '.'], env, src)).toMatchObject({ code: 0 })
      expect((await me.run(join(src, 'program'), [])).stdout).toBe('go1.4.3 42\n')
    },
  )
})
