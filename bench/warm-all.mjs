// Warming targets with gonative, all in one call, against filling the same caches with plain zig, a target at a time from
// cold: the standard library and a program that links cgo, the resolver and users. Targets that plain zig can't link
// are left out on both sides. `node bench/warm-all.mjs [target…] [--libc musl]`, which is for linux's; needs a built gonative.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measuredStore, root, seconds } from './store.mjs'

const usual = ['linux/amd64', 'linux/arm64', 'linux/386', 'linux/riscv64', 'linux/arm', 'linux/ppc64le', 'linux/s390x']
const { values, positionals } = parseArgs({ allowPositionals: true, options: { libc: { type: 'string' } } })
const targets = positionals.length > 0 ? positionals : [...usual, 'windows/amd64', 'windows/arm64']
const libc = values.libc ? ['--libc', values.libc] : []

const work = mkdtempSync(join(tmpdir(), 'gonative-bench-'))
try {
  const store = measuredStore(join(work, 'store'), targets)
  if (values.libc) store.gonative(['graft', ...targets, ...libc])
  const source = join(work, 'hello')
  cpSync(join(root, 'examples/hello-cgo'), source, { recursive: true })
  console.log(`Warming ${targets.length} targets on ${cpus().length} × ${cpus()[0]?.model.trim()}`)

  const plain = targets.map((target) => {
    const [GOOS, GOARCH] = target.split('/')
    const { zig, triple } = store.compilerOf(target)
    const caches = join(work, 'plain')
    const env = { GOOS, GOARCH, CGO_ENABLED: '1', CC: `${zig} cc -target ${triple}`, GOCACHE: join(caches, 'go') }
    const zigCache = { ZIG_GLOBAL_CACHE_DIR: join(caches, 'zig'), ZIG_LOCAL_CACHE_DIR: join(caches, 'zig') }
    const time = seconds(() => store.run(store.go, ['build', 'std', '.'], { ...env, ...zigCache }, source))
    rmSync(caches, { recursive: true, force: true })
    console.log(`${`plain zig, ${target}`.padEnd(36)}${time.toFixed(1).padStart(8)} s`)
    return time
  })
  const sum = plain.reduce((total, each) => total + each, 0)
  const GOCACHE = join(work, 'go')
  const ours = seconds(() => store.gonative(['graft', ...targets, ...libc, '--warm'], { GOCACHE }))
  console.log(`${'plain zig, their sum'.padEnd(36)}${sum.toFixed(1).padStart(8)} s`)
  console.log(
    `${'gonative graft --warm'.padEnd(36)}${ours.toFixed(1).padStart(8)} s   ${(ours / sum).toFixed(2)} × the sum`,
  )
} finally {
  rmSync(work, { recursive: true, force: true })
}
