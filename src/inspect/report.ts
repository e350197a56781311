/** An inspection as people read it: a name and a value a line, the values under one another. */
import type { CgoFacts, Description, Inspection } from './inspection.js'

type Line = [name: string, value: string | null]

/** The lines of a file's block. What the file says nothing about has no line. */
export function report(file: Inspection): string {
  const lines = linesOf(file).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))
  const width = Math.max(...lines.map(([name]) => name.length))
  const indent = ' '.repeat(width + 4)
  return [
    file.path,
    ...lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value.replaceAll('\n', `\n${indent}`)}`),
  ].join('\n')
}

const formats: Record<Description['format'], string> = {
  elf: 'ELF',
  pe: 'PE',
  coff: 'COFF',
  'mach-o': 'Mach-O',
  universal: 'Mach-O universal',
  wasm: 'WebAssembly',
  ar: 'ar archive',
  'go-object': 'Go object',
  other: 'unknown',
}

function linesOf(file: Description): Line[] {
  const { abi, go, system } = file
  return [
    ['format', words(formats[file.format], file.bits && `${file.bits}-bit`, file.endian && `${file.endian}-endian`)],
    ['kind', kindOf(file)],
    ['machine', file.machine],
    ['ABI', words(abi.name, abi.float && `float ${abi.float}`, abi.cpu && `cpu ${abi.cpu}`, ...abi.flags)],
    ['platform', platformOf(file)],
    [
      'system',
      system && words(system.name, system.minimum && `${system.minimum} or newer`, system.sdk && `SDK ${system.sdk}`),
    ],
    ['linked', words(file.linkage, file.interpreter && `by ${file.interpreter}`)],
    ['own name', file.soname],
    ['needs', file.libraries.join(' ')],
    ['needs later', file.delayedLibraries.join(' ')],
    ['RPATH', file.rpath.join(':')],
    ['RUNPATH', file.runpath.join(':')],
    [
      'versions',
      Object.entries(file.versions)
        .map(([library, all]) => `${library} ${all.join(' ')}`)
        .join('\n'),
    ],
    ['glibc', file.glibc && `${file.glibc} or newer`],
    ['Go', go && (go.version ?? 'of a version that it does not say')],
    ['main package', go?.path ?? null],
    ['module', go?.module ? `${go.module.path} ${go.module.version}` : null],
    ['modules', go && go.deps.length > 0 ? go.deps.map(({ path, version }) => `${path} ${version}`).join('\n') : null],
    [
      'built with',
      go &&
        Object.entries(go.settings)
          .map(([name, value]) => `${name}=${value}`)
          .join('\n'),
    ],
    ['Go build ID', go?.buildId ?? null],
    ['cgo', file.cgo && cgoOf(file.cgo)],
    ['resolver', file.cgo && resolverOf(file.cgo)],
    ['build ID', file.buildId],
    ['symbols', presence(file)],
    ['signature', file.signature],
    ...file.parts.map((part): Line => [`(${part.name})`, partOf(part)]),
  ]
}

function words(...all: (string | null | undefined | 0)[]): string {
  return all.filter(Boolean).join(' ')
}

function kindOf({ kind }: Description): string {
  if (kind === 'pie') return 'position-independent executable'
  return { shared: 'shared library', import: 'import stub' }[kind as string] ?? kind
}

function platformOf({ os, arch, platformFrom }: Description): string | null {
  if (os === null && arch === null) return null
  const from = [...new Set([platformFrom.os, platformFrom.arch])].filter((one) => one !== null)
  return `${os ?? '?'}/${arch ?? '?'} (by its ${from.join(' and ')})`
}

function cgoOf({ linked, from }: CgoFacts): string {
  if (linked === null) return 'cannot be told'
  return `${linked ? 'yes' : 'no'}${from ? ` (by its ${from})` : ''}`
}

const resolvers = { cgo: "the C library's, by cgo", system: "the system's own", go: "Go's own" }

function resolverOf({ resolver }: CgoFacts): string | null {
  return resolver && resolvers[resolver]
}

function presence({ symbols, debugInfo }: Description): string | null {
  if (symbols === null) return null
  return `${symbols ? 'yes' : 'stripped'}, ${debugInfo ? 'with' : 'without'} debug information`
}

function partOf(part: Description): string {
  const platform = part.os !== null || part.arch !== null ? `${part.os ?? '?'}/${part.arch ?? '?'}` : ''
  return words(
    formats[part.format],
    kindOf(part) === 'unknown' ? '' : kindOf(part),
    part.machine,
    platform,
    part.go?.version,
  )
}
