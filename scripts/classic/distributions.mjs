// Distributions of Go ≤ 1.4 for other hosts, made here: their official archives can't be had everywhere. Each target's
// standard library is built once, by Go's own cmd/dist and go command in a copy of the toolchain, and packed under the
// official name with its digest: a mirror.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const letters = { 386: '8', amd64: '6', arm: '5' }

/**
 * @param {{version: string, toolchain: string, work: string, mirror: string, targets: string[], cc?: string,
 *   cgo?: (target: string) => Record<string, string> | undefined}} what `work` is new, and is left for the next call;
 *   `cc` is the C compiler for cmd/dist; `cgo` the variables with which a target's packages are built with cgo
 */
export function makeDistributions({ version, toolchain, work, mirror, targets, cc = 'gcc -w', cgo = () => undefined }) {
  mkdirSync(mirror, { recursive: true })
  const root = join(work, 'go')
  const missing = targets.filter((target) => !existsSync(join(mirror, archiveName(version, target))))
  if (missing.length === 0) return
  if (!existsSync(root)) {
    mkdirSync(work, { recursive: true })
    cpSync(toolchain, root, { recursive: true, preserveTimestamps: true, filter: (path) => !path.endsWith('_race') })
    for (const name of readdirSync(join(root, 'pkg/obj/linux_amd64'))) rmSync(join(root, 'pkg/obj/linux_amd64', name))
  }
  const env = {
    ...process.env,
    GOROOT: root,
    CC: cc,
    CGO_ENABLED: '0',
    GOENV: 'off',
    GOFLAGS: '',
    GOPATH: work,
    GOBIN: '',
  }
  const dist = join(work, 'dist')
  const [compiler, ...flags] = cc.split(' ')
  const files = readdirSync(join(root, 'src/cmd/dist')).filter((name) => name.endsWith('.c'))
  const sources = files.map((name) => join(root, 'src/cmd/dist', name))
  run(compiler, [...flags, '-O2', '-o', dist, '-DGOROOT_FINAL="/usr/local/go"', ...sources], env)
  const runtime = existsSync(join(root, 'src/runtime')) ? 'runtime' : 'pkg/runtime'
  const libraries = ['lib9', 'libbio', runtime === 'runtime' ? 'liblink' : 'libmach', 'cmd/cc', 'cmd/gc']
  for (const target of missing) {
    const [goos, goarch] = target.split('/')
    const letter = letters[goarch]
    if (!existsSync(join(root, `pkg/tool/linux_amd64/${letter}g`))) {
      run(dist, ['install', ...libraries, ...['l', 'a', 'c', 'g'].map((kind) => `cmd/${letter}${kind}`)], env)
    }
    const here = { ...env, GOOS: goos, GOARCH: goarch, ...(cgo(target) ?? {}) }
    mkdirSync(join(root, `pkg/${goos}_${goarch}`), { recursive: true })
    run(dist, ['install', runtime], here) // generates the files, and copies the headers
    const go = join(root, 'bin/go')
    const std = run(go, ['list', 'std'], here)
      .split('\n')
      .filter((name) => name !== '' && !name.startsWith('cmd/'))
    run(go, ['install', ...std], { ...here, CC: here.CC === cc ? '' : here.CC })
    pack({ version, root, mirror, goos, goarch, runtime: `src/${runtime}` }, work)
  }
}

/** Under its official name: https://go.dev/dl/. */
export function archiveName(version, target) {
  const host = target.replace('/', '-').replace(/arm$/, 'armv6l')
  return `go${version}.${host}.${host.startsWith('windows') ? 'zip' : 'tar.gz'}`
}

/** What a distribution has, without other platforms' generated files, programs and tests. */
function pack({ version, root, mirror, goos, goarch, runtime }, work) {
  const packed = join(work, 'packed')
  rmSync(packed, { recursive: true, force: true })
  const go = join(packed, 'go')
  const parts = ['VERSION', `pkg/${goos}_${goarch}`, runtime]
  for (const part of parts) cpSync(join(root, part), join(go, part), { recursive: true })
  for (const name of readdirSync(join(go, runtime)).filter((name) => name.startsWith('z'))) {
    const words = name.replace(/\..*$/, '').split('_').slice(1)
    if (!words.every((word) => [goos, goarch, 'defs'].includes(word))) rmSync(join(go, runtime, name))
  }
  const name = archiveName(version, `${goos}/${goarch}`)
  const path = join(mirror, name)
  if (name.endsWith('.zip')) run('zip', ['-q', '-r', '-1', path, 'go'], process.env, packed)
  else run('tar', ['-C', packed, '--owner=0', '--group=0', '-I', 'gzip -1', '-cf', path, 'go'], process.env)
  const sum = createHash('sha256').update(readFileSync(path)).digest('hex')
  writeFileSync(`${path}.sha256`, `${sum}  ${name}\n`)
}

/** @returns what it said. @throws Error with the end of what went wrong */
function run(command, args, env, cwd) {
  const ran = spawnSync(command, args, { env, cwd, encoding: 'utf8', maxBuffer: 1 << 26 })
  if (ran.status === 0) return ran.stdout
  throw new Error(`${command} ${args.slice(0, 4).join(' ')}: ${ran.error?.message ?? ran.stderr.slice(-2000)}`)
}
