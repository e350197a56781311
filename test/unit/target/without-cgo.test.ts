import { describe, expect, it } from 'vitest'
import { knownPlatforms, platformsOf } from '../../../src/target/platforms.js'
import { withoutCgo } from '../../../src/target/without-cgo.js'

describe('why Go has no cgo for a platform', () => {
  it.each([
    ['linux/ppc64', '1.26.8', 'Go 1.27 and later have it'],
    ['linux/riscv64', '1.15.15', 'Go 1.16 and later have it'],
    ['aix/ppc64', '1.12.17', 'Go 1.13 and later have it'],
    ['freebsd/arm', '1.10.8', 'Go 1.13 and later have it'],
  ])('names for %s of go %s the release that has it: %s', (platform, go, remedy) => {
    const [goos = '', goarch = ''] = platform.split('/')
    expect(withoutCgo(goos, goarch, go)).toEqual({ reason: `Go ${go} has no cgo for it`, remedy, see: null })
  })

  it('has a reason of its own for everything without cgo in the newest Go', () => {
    for (const { goos, goarch } of platformsOf('1.27.4').filter(({ cgo }) => !cgo)) {
      expect(withoutCgo(goos, goarch, '1.27.4').reason, `${goos}/${goarch}`).toMatch(/^Go has no cgo for /)
    }
  })

  it('links to where it is discussed only at official sites', () => {
    for (const platform of knownPlatforms) {
      const [goos = '', goarch = ''] = platform.split('/')
      expect(withoutCgo(goos, goarch, '1.22.12').see ?? 'https://go.dev/').toMatch(/^https:\/\/go\.dev\//)
    }
  })
})
