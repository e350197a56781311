// The first build of examples/hello-cgo for a target, four ways in one run:
//   plain    CC="zig cc -target …", everything cold
//   cold     gonative, everything cold
//   warmed   gonative after graft --warm
//   native   for this machine with gcc, the standard library in its cache
// `node bench/first-build.mjs [target] [--libc musl] [--runs 7]`; needs a built gonative and gcc.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measuredStore, median, root, seconds } from './store.mjs'

const options = { libc: { type: 'string' }, runs: { type: 'string', default: '7' } }
const { values, positionals } = parseArgs({ allowPositionals: true, options })
const target = positionals[0] ?? 'linux/arm64'
const [GOOS, GOARCH] = target.split('/')
const libc = values.libc ? ['--libc', values.libc] : []

const work = mkdtempSync(join(tmpdir(), 'gonative-bench-'))
try {
  const store = measuredStore(join(work, 'store'), [target])
  if (values.libc) store.gonative(['graft', target, ...libc])
  const { zig, triple } = store.compilerOf(target)
  const source = join(work, 'hello')
  cpSync(join(root, 'examples/hello-cgo'), source, { recursive: true })

  const build = (env) => seconds(() => store.run(store.go, ['build', '-o', join(work, 'out'), '.'], env, source))
  /** Each build is the first of its source: the user's package is another one, so that nothing of it is cached. */
  const firsts = (env) =>
    median(
      Array.from({ length: Number(values.runs) }, (_, run) => {
        writeFileSync(join(source, 'run.go'), `package main\n\nconst run = "${process.hrtime.bigint()} ${run}"\n`)
        return build(env)
      }),
    )

  const plainZig = { ZIG_GLOBAL_CACHE_DIR: join(work, 'zig'), ZIG_LOCAL_CACHE_DIR: join(work, 'zig') }
  const CC = `${zig} cc -target ${triple}`
  const plain = build({ GOOS, GOARCH, CGO_ENABLED: '1', CC, GOCACHE: join(work, 'plain'), ...plainZig })
  const cold = build({ GOOS, GOARCH, GOCACHE: join(work, 'cold') })

  store.gonative(['cache', 'prune'])
  const GOCACHE = join(work, 'warmed')
  store.gonative(['graft', target, ...libc, '--warm'], { GOCACHE })
  const warmed = firsts({ GOOS, GOARCH, GOCACHE })

  const native = { CGO_ENABLED: '1', CC: 'gcc', GOCACHE: join(work, 'native') }
  build(native)
  const gcc = firsts(native)

  console.log(`The first build of hello-cgo for ${target} (${triple}) on ${cpus().length} × ${cpus()[0]?.model.trim()}`)
  const row = (what, time, note = '') => console.log(`${what.padEnd(28)}${time.toFixed(2).padStart(8)} s   ${note}`)
  row('a  plain zig cc, cold', plain, `${(plain / warmed).toFixed(0)} × c`)
  row('b  gonative, cold', cold, `${(cold / plain).toFixed(2)} × a`)
  row('c  gonative, warmed', warmed, `${(warmed / gcc).toFixed(2)} × d`)
  row('d  native gcc, caches warm', gcc)
} finally {
  rmSync(work, { recursive: true, force: true })
}
