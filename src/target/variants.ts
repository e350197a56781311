/** Sub-architectures, and the variables that choose them (go.dev/doc/install/source#environment). */

interface Variants {
  variable: string
  /** A variant as a target has it → the variable's value. */
  values: Record<string, string>
}

const same = (...values: string[]): Record<string, string> => Object.fromEntries(values.map((value) => [value, value]))
const minors = (major: string, last: number): string[] =>
  Array.from({ length: last + 1 }, (_, minor) => `${major}.${minor}`)

const floats = same('hardfloat', 'softfloat')
const power = same('power8', 'power9', 'power10')

const byArch: Record<string, Variants> = {
  '386': { variable: 'GO386', values: same('sse2', 'softfloat') },
  amd64: { variable: 'GOAMD64', values: same('v1', 'v2', 'v3', 'v4') },
  arm: { variable: 'GOARM', values: { v5: '5', v6: '6', v7: '7' } },
  // Containers write linux/arm64/v8 for what Go calls v8.0.
  arm64: { variable: 'GOARM64', values: { v8: 'v8.0', ...same(...minors('v8', 9), ...minors('v9', 5)) } },
  mips: { variable: 'GOMIPS', values: floats },
  mipsle: { variable: 'GOMIPS', values: floats },
  mips64: { variable: 'GOMIPS64', values: floats },
  mips64le: { variable: 'GOMIPS64', values: floats },
  ppc64: { variable: 'GOPPC64', values: power },
  ppc64le: { variable: 'GOPPC64', values: power },
  riscv64: { variable: 'GORISCV64', values: same('rva20u64', 'rva22u64', 'rva23u64') },
}

/** The variants of an architecture as targets write them: `v5 v6 v7` of arm; none for most. */
export function variantsOf(goarch: string): string[] {
  return Object.keys(byArch[goarch]?.values ?? {})
}

/** The variable and value that make the go command build for a variant: `{GOARM: '7'}` of linux/arm/v7, `{}` for none. */
export function variantEnv(target: { goarch: string; variant?: string }): Record<string, string> {
  const variants = byArch[target.goarch]
  const value = target.variant === undefined ? undefined : variants?.values[target.variant]
  return variants === undefined || value === undefined ? {} : { [variants.variable]: value }
}
