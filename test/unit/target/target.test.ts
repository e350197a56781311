import { describe, expect, it } from 'vitest'
import { GonativeError } from '../../../src/errors.js'
import { describeTarget, formatTarget, parseTarget } from '../../../src/target/target.js'
import { variantEnv } from '../../../src/target/variants.js'

const failure = (text: string, libc?: string): GonativeError => {
  try {
    parseTarget(text, libc)
  } catch (error) {
    if (error instanceof GonativeError) return error
    throw error
  }
  throw new Error(`${text} was taken`)
}

describe('the target grammar', () => {
  it.each(['linux/arm64', 'linux/arm/v7', 'linux/amd64/v3', 'js/wasm', 'linux/386/softfloat', 'linux/arm64/v8.2'])(
    'reads %s and writes it back',
    (text) => expect(formatTarget(parseTarget(text))).toBe(text),
  )

  it('keeps the C library apart from the platform', () => {
    const target = parseTarget('linux/amd64', 'gnu.2.28')
    expect(target).toEqual({ goos: 'linux', goarch: 'amd64', libc: 'gnu.2.28' })
    expect(formatTarget(target)).toBe('linux/amd64')
    expect(describeTarget(target)).toBe('linux/amd64 gnu.2.28')
  })

  it.each([
    ['linux', 'TARGET_SYNTAX'],
    ['linux/', 'TARGET_SYNTAX'],
    ['linux/arm/', 'TARGET_SYNTAX'],
    ['linux/arm/v7/x', 'TARGET_SYNTAX'],
    ['', 'TARGET_SYNTAX'],
    ['beos/amd64', 'TARGET_UNKNOWN'],
    ['linux/constructor', 'TARGET_UNKNOWN'],
    ['linux/arm/v8', 'TARGET_VARIANT'],
    ['js/wasm/v1', 'TARGET_VARIANT'],
    ['linux/arm/constructor', 'TARGET_VARIANT'],
  ])('refuses %j as wrong usage: %s', (text, code) => {
    expect(failure(text)).toMatchObject({ code, exit: 2 })
  })

  it.each(['glibc', 'gnu.2', 'gnu.', 'musl.1.2', 'gnu.2.28;x', ''])('refuses the C library %j', (libc) => {
    expect(failure('linux/amd64', libc)).toMatchObject({ code: 'TARGET_LIBC', exit: 2 })
  })

  it.each([
    ['linux/amd46', 'linux/amd64'],
    ['linux/aarch64', 'linux/arm64'],
    ['macos/arm64', 'darwin/arm64'],
    ['x86_64/linux', 'linux/amd64'],
    ['linux-arm64', 'linux/arm64'],
    ['windows/x86_64', 'windows/amd64'],
  ])('suggests for %s first of all %s', (text, meant) => {
    expect(failure(text).hint).toContain(`nearest: ${meant},`)
  })

  it('names the variants that an architecture has', () => {
    expect(failure('linux/amd64/v5').hint).toContain('v1, v2, v3, v4')
  })
})

describe('variants', () => {
  it.each([
    ['linux/arm/v5', { GOARM: '5' }],
    ['linux/amd64/v3', { GOAMD64: 'v3' }],
    ['linux/arm64/v8', { GOARM64: 'v8.0' }],
    ['linux/386/softfloat', { GO386: 'softfloat' }],
    ['linux/mips/softfloat', { GOMIPS: 'softfloat' }],
    ['linux/mips64le/hardfloat', { GOMIPS64: 'hardfloat' }],
    ['linux/ppc64le/power9', { GOPPC64: 'power9' }],
    ['linux/riscv64/rva22u64', { GORISCV64: 'rva22u64' }],
    ['linux/amd64', {}],
  ])("%s is Go's %j", (text, env) => expect(variantEnv(parseTarget(text))).toEqual(env))
})
