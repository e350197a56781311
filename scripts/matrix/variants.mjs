// The variants that the matrix builds: those for which the C code, and not only Go's, has to be another.
import { variantEnv } from '../../dist/target/variants.js'

const built = {
  amd64: ['v1', 'v2', 'v3'],
  arm: ['v5', 'v6', 'v7'],
  mips: ['hardfloat', 'softfloat'],
  mipsle: ['hardfloat', 'softfloat'],
  mips64: ['hardfloat', 'softfloat'],
  mips64le: ['hardfloat', 'softfloat'],
}

/** @returns {(string | undefined)[]} undefined alone for the systems and architectures that have one kind only */
export function variantsOf(goos, goarch) {
  return (goos === 'linux' ? built[goarch] : undefined) ?? [undefined]
}

/** What a user would set: `{GOOS: 'linux', GOARCH: 'arm', GOARM: '7'}`. */
export function targetEnv({ goos, goarch, variant }) {
  return { GOOS: goos, GOARCH: goarch, ...variantEnv({ goarch, variant }) }
}
