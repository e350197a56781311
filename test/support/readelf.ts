/** What binutils' readelf says of a file, in inspect's words. */
import type { User } from './cli.js'

export interface ReadElf {
  bits: number
  endian: string
  interpreter: string | null
  libraries: string[]
  /** Library to every version needed of it. */
  versions: Map<string, string[]>
  buildId: string | null
  symbols: boolean
  debugInfo: boolean
  /** For what has words of its own on each machine. */
  text: string
}

export async function readElf(me: User, path: string): Promise<ReadElf> {
  const { stdout: text } = await me.run('readelf', ['-hlSdnVAW', path], { LC_ALL: 'C' })
  const one = (pattern: RegExp): string | null => pattern.exec(text)?.[1] ?? null
  const versions = new Map<string, string[]>()
  const needs = text.split("Version needs section '.gnu.version_r'")[1] ?? ''
  let last: string[] = []
  for (const [, library, version] of needs.matchAll(/File: (\S+)|Name: (\S+)/g)) {
    if (library !== undefined) versions.set(library, (last = []))
    else if (version !== undefined) last.push(version)
  }
  return {
    bits: Number(one(/Class: +ELF(\d+)/)),
    endian: one(/Data: .*(little|big) endian/) ?? '',
    interpreter: one(/Requesting program interpreter: ([^\]]+)\]/),
    libraries: [...text.matchAll(/\(NEEDED\).*\[([^\]]+)\]/g)].map(([, name]) => name ?? ''),
    versions,
    buildId: one(/Build ID: ([0-9a-f]+)/),
    symbols: / \.symtab +SYMTAB/.test(text),
    debugInfo: /\.z?debug_(info|line)/.test(text),
    text,
  }
}
