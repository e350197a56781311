/** Describes a WebAssembly module (the core specification, "Binary Format"), down to what Go writes into it. */
import { findBuildId } from '../go/build-id.js'
import { platform } from '../go/go.js'
import { findModuleText } from '../go/build-info.js'
import { parseModules } from '../go/modules.js'
import { blank, type Description, type GoFacts } from '../inspection.js'
import { unsupported } from '../damaged.js'
import type { Source } from '../source.js'
import { readExports, readImports } from './imports.js'
import { readSections, type Sections } from './sections.js'

/** Modules that only one GOOS imports from; `go` was js's before Go 1.21. */
const systems: Record<string, string> = { gojs: 'js', go: 'js', wasi_snapshot_preview1: 'wasip1' }

/** @throws GonativeError FILE_DAMAGED, or FORMAT_UNSUPPORTED for a component and for versions yet to come */
export async function describeWasm(source: Source): Promise<Description> {
  const version = (await source.fields(4, 4, 'the WebAssembly version', true)).u32(0)
  if (version !== 1) {
    const what = version === 0x1000d ? 'a WebAssembly component' : `WebAssembly of version ${version}`
    throw unsupported(source.name, `${what}, which is not supported`)
  }
  const sections = await readSections(source)
  const libraries = await readImports(source, sections)
  const exported = await readExports(source, sections)
  const go = await findWasmGo(source, sections)
  const os = libraries.map((name) => systems[name]).find((name) => name !== undefined) ?? null
  const starts = exported.some((name) => name === '_start' || name === 'run')
  const isObject = sections.custom.has('linking')
  return {
    ...blank('wasm', isObject ? 'object' : starts ? 'executable' : 'shared'),
    bits: 32,
    endian: 'little',
    machine: 'wasm',
    ...platform(go, { os, arch: 'wasm' }),
    linkage: isObject ? null : 'static',
    libraries,
    go,
    cgo: go && { linked: false, resolver: null, from: null },
    symbols: sections.custom.has('name'),
    debugInfo: sections.custom.has('.debug_info'),
  }
}

/** The build ID and the compiler have sections; the text of modules is in the data. */
async function findWasmGo(source: Source, { custom, data }: Sections): Promise<GoFacts | null> {
  const own = custom.get('go:buildid') ?? custom.get('go.buildid')
  if (!own) return null
  const modules = data && (await findModuleText(source, { ...data, name: 'data', address: 0 }))
  const producers = custom.get('producers')
  return {
    version: producers ? await compiler(source, producers) : null,
    ...parseModules(modules ?? ''),
    buildId: await findBuildId({ source, text: [{ ...own, name: 'go.buildid', address: 0 }] }),
  }
}

/** Among the tools that made it: Go, and its version. */
async function compiler(source: Source, { offset, size }: { offset: number; size: number }): Promise<string | null> {
  const text = (await source.bytes(offset, Math.min(size, 4096), 'the producers')).toString('latin1')
  return /go1\.[\w.-]+/.exec(text)?.[0] ?? null
}
