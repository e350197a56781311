import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { knownPlatforms, platformsOf } from '../../../src/target/platforms.js'

/** What `go tool dist list -json` of these releases printed; a minus where CgoSupported is false. */
const listed: Record<string, string> = {
  '1.10.8': `
    android/386 android/amd64 android/arm android/arm64 darwin/386 darwin/amd64 darwin/arm darwin/arm64
    dragonfly/amd64 freebsd/386 freebsd/amd64 freebsd/arm- linux/386 linux/amd64 linux/arm linux/arm64
    linux/mips linux/mips64 linux/mips64le linux/mipsle linux/ppc64- linux/ppc64le linux/s390x nacl/386-
    nacl/amd64p32- nacl/arm- netbsd/386 netbsd/amd64 netbsd/arm openbsd/386 openbsd/amd64 openbsd/arm-
    plan9/386- plan9/amd64- plan9/arm- solaris/amd64 windows/386 windows/amd64
  `,
  '1.13.15': `
    aix/ppc64 android/386 android/amd64 android/arm android/arm64 darwin/386- darwin/amd64 darwin/arm
    darwin/arm64 dragonfly/amd64 freebsd/386 freebsd/amd64 freebsd/arm illumos/amd64 js/wasm- linux/386
    linux/amd64 linux/arm linux/arm64 linux/mips linux/mips64 linux/mips64le linux/mipsle linux/ppc64-
    linux/ppc64le linux/s390x nacl/386- nacl/amd64p32- nacl/arm- netbsd/386 netbsd/amd64 netbsd/arm netbsd/arm64
    openbsd/386 openbsd/amd64 openbsd/arm openbsd/arm64 plan9/386- plan9/amd64- plan9/arm- solaris/amd64
    windows/386 windows/amd64 windows/arm-
  `,
  '1.19.13': `
    aix/ppc64 android/386 android/amd64 android/arm android/arm64 darwin/amd64 darwin/arm64 dragonfly/amd64
    freebsd/386 freebsd/amd64 freebsd/arm freebsd/arm64 illumos/amd64 ios/amd64 ios/arm64 js/wasm- linux/386
    linux/amd64 linux/arm linux/arm64 linux/loong64 linux/mips linux/mips64 linux/mips64le linux/mipsle
    linux/ppc64- linux/ppc64le linux/riscv64 linux/s390x netbsd/386 netbsd/amd64 netbsd/arm netbsd/arm64
    openbsd/386 openbsd/amd64 openbsd/arm openbsd/arm64 openbsd/mips64 plan9/386- plan9/amd64- plan9/arm-
    solaris/amd64 windows/386 windows/amd64 windows/arm- windows/arm64
  `,
  '1.22.12': `
    aix/ppc64 android/386 android/amd64 android/arm android/arm64 darwin/amd64 darwin/arm64 dragonfly/amd64
    freebsd/386 freebsd/amd64 freebsd/arm freebsd/arm64 freebsd/riscv64 illumos/amd64 ios/amd64 ios/arm64 js/wasm-
    linux/386 linux/amd64 linux/arm linux/arm64 linux/loong64 linux/mips linux/mips64 linux/mips64le linux/mipsle
    linux/ppc64- linux/ppc64le linux/riscv64 linux/s390x netbsd/386 netbsd/amd64 netbsd/arm netbsd/arm64
    openbsd/386 openbsd/amd64 openbsd/arm openbsd/arm64 openbsd/ppc64- plan9/386- plan9/amd64- plan9/arm-
    solaris/amd64 wasip1/wasm- windows/386 windows/amd64 windows/arm- windows/arm64
  `,
  '1.26.8': `
    aix/ppc64 android/386 android/amd64 android/arm android/arm64 darwin/amd64 darwin/arm64 dragonfly/amd64
    freebsd/386 freebsd/amd64 freebsd/arm freebsd/arm64 illumos/amd64 ios/amd64 ios/arm64 js/wasm- linux/386
    linux/amd64 linux/arm linux/arm64 linux/loong64 linux/mips linux/mips64 linux/mips64le linux/mipsle
    linux/ppc64- linux/ppc64le linux/riscv64 linux/s390x netbsd/386 netbsd/amd64 netbsd/arm netbsd/arm64
    openbsd/386 openbsd/amd64 openbsd/arm openbsd/arm64 openbsd/ppc64- openbsd/riscv64 plan9/386- plan9/amd64-
    plan9/arm- solaris/amd64 wasip1/wasm- windows/386 windows/amd64 windows/arm64
  `,
  '1.27.4': `
    aix/ppc64 android/386 android/amd64 android/arm android/arm64 darwin/amd64 darwin/arm64 dragonfly/amd64
    freebsd/386 freebsd/amd64 freebsd/arm freebsd/arm64 illumos/amd64 ios/amd64 ios/arm64 js/wasm- linux/386
    linux/amd64 linux/arm linux/arm64 linux/loong64 linux/mips linux/mips64 linux/mips64le linux/mipsle
    linux/ppc64 linux/ppc64le linux/riscv64 linux/s390x netbsd/386 netbsd/amd64 netbsd/arm netbsd/arm64
    openbsd/386 openbsd/amd64 openbsd/arm openbsd/arm64 openbsd/ppc64- openbsd/riscv64 plan9/386- plan9/amd64-
    plan9/arm- solaris/amd64 wasip1/wasm- windows/386 windows/amd64 windows/arm64
  `,
}

const written = (version: string): string[] =>
  platformsOf(version).map(({ goos, goarch, cgo }) => `${goos}/${goarch}${cgo ? '' : '-'}`)

describe('the platform table', () => {
  it.each(Object.entries(listed))('is what go %s itself lists', (version, text) => {
    expect(written(version)).toEqual(text.trim().split(/\s+/))
  })

  it('is what the go on this PATH lists, where there is one', ({ skip }) => {
    let version: string
    let json: string
    try {
      const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', GOENV: 'off' }
      version = execFileSync('go', ['env', 'GOVERSION'], { env, encoding: 'utf8' }).trim().replace(/^go/, '')
      json = execFileSync('go', ['tool', 'dist', 'list', '-json'], { env, encoding: 'utf8' })
    } catch {
      return skip('no go on PATH')
    }
    // The go command's own output, in the shape that `go help tool dist` has promised since 1.7.
    const list = JSON.parse(json) as { GOOS: string; GOARCH: string; CgoSupported: boolean; FirstClass?: boolean }[]
    expect(platformsOf(version)).toEqual(
      list.map((row) => ({
        goos: row.GOOS,
        goarch: row.GOARCH,
        cgo: row.CgoSupported,
        firstClass: row.FirstClass ?? false,
      })),
    )
  })

  it('is sorted and has no platform twice', () => {
    expect(knownPlatforms).toEqual([...new Set(knownPlatforms)].sort())
  })

  it('knows what came and went', () => {
    const has = (version: string, platform: string) => written(version).some((text) => text.startsWith(platform))
    expect(has('1.4.3', 'linux/arm64')).toBe(false)
    expect(has('1.5', 'linux/arm64')).toBe(true)
    expect(has('1.13.15', 'nacl/386')).toBe(true)
    expect(has('1.14', 'nacl/386')).toBe(false)
    expect(has('1.2.2', 'dragonfly/386')).toBe(true)
    expect(written('1.26.8')).toContain('linux/ppc64-')
    expect(written('1.27rc1')).toContain('linux/ppc64')
  })

  it('takes a Go newer than the table for the newest line', () => {
    expect(written('1.99.0')).toEqual(written('1.27.4'))
  })
})
