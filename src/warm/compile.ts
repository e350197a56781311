/**
 * Compiles what a target's first build would: all of Go's standard library, and a program with cgo, the resolver and
 * users in C, whose link makes the compiler build its C library.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GonativeError } from '../errors.js'
import { run } from '../io/process.js'
import type { Environment } from '../launch/environment.js'

/** A whole standard library and C library, on a slow machine. Milliseconds. */
const longest = 4 * 3600_000

const program = `package main

// #include <stdio.h>
// #include <stdlib.h>
// static int answer(void) { return getenv("HOME") == 0 ? puts("no home") : 42; }
import "C"

import (
	"fmt"
	"net"
	"os/user"
)

func main() {
	u, err := user.Current()
	fmt.Println(int(C.answer()), u, err)
	fmt.Println(net.LookupHost("localhost"))
}
`

export interface CompileRequest {
  /** The go command. */
  go: string
  /** A target's environment, as `exec --target` has it. */
  env: Environment
  /** The build cache to fill. */
  cache: string
  goflags: string
  /** An empty directory for the program. */
  directory: string
  /** How many packages are compiled at once. */
  parallel: number
  /** Is told of every package that is compiled. */
  compiled: () => void
}

/** @throws GonativeError WARM_FAILED with the go command's own words. */
export async function compile(request: CompileRequest): Promise<void> {
  const { go, cache, goflags, directory, parallel } = request
  await mkdir(directory, { recursive: true })
  await writeFile(join(directory, 'go.mod'), 'module warm\n')
  await writeFile(join(directory, 'main.go'), program)
  const env = { ...request.env, GOCACHE: cache, GOFLAGS: goflags, GOCACHEPROG: '', GOWORK: 'off', GOTOOLCHAIN: 'local' }
  const args = ['build', '-v', '-p', String(parallel), 'std', '.']
  const ran = await run(go, args, { env, cwd: directory, time: longest, heard: request.compiled })
  if (ran.code === 0) return
  const said = ran.stderr.trimEnd().split('\n').slice(-20).join('\n')
  throw new GonativeError('WARM_FAILED', `go build failed:\n${said}`, {
    hint: `The same by hand: gonative exec --target … -- go build std`,
  })
}

/** What the user has configured: where their build cache is, and the flags that standard packages depend on. */
export async function goSettings(
  go: string,
  env: Environment,
  cwd: string,
): Promise<{ cache: string; goflags: string }> {
  const ran = await run(go, ['env', 'GOCACHE', 'GOFLAGS'], { env: { ...env, GOTOOLCHAIN: 'local' }, cwd })
  const [cache = '', flags = ''] = ran.stdout.split('\n')
  if (ran.code !== 0 || cache === '' || cache === 'off') {
    throw new GonativeError('NO_GOCACHE', `the go command names no build cache: ${ran.stderr.trim() || cache}`, {
      hint: 'Set GOCACHE to a directory.',
    })
  }
  // Where modules come from means nothing to the standard library, and -mod=vendor would fail without a vendor folder.
  const kept = flags.split(/\s+/).filter((flag) => flag !== '' && !/^--?(mod|modfile|modcacherw|overlay)\b/.test(flag))
  return { cache, goflags: kept.join(' ') }
}

/** How many packages the standard library has for a target, for progress. */
export async function countPackages(go: string, env: Environment, cwd: string): Promise<number | undefined> {
  const ran = await run(go, ['list', 'std'], { env: { ...env, GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off' }, cwd })
  return ran.code === 0 ? ran.stdout.split('\n').length : undefined
}
