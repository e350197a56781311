/** zig from the index on its own site (https://ziglang.org/download/index.json), signed with minisign. */
import type { Archive, Context, Host, Source } from 'gonative/contract'

const index = 'https://ziglang.org/download/index.json'

/** The release key, as https://ziglang.org/download/ shows it. */
const releaseKey = 'RWSGOq2NVecA2UPNdBUZykf1CCb147pkmdtYxgb3Ti+JO/wCYvhbAb/U'

interface IndexFile {
  tarball: string
  shasum: string
  /** Bytes, as a string. */
  size?: string
}

type Index = Record<string, Record<string, unknown>>

/** The index's names of a host; the older ones second: i386 up to 0.11, armv7a up to 0.14. */
const machines: Record<string, string[]> = {
  amd64: ['x86_64'],
  386: ['x86', 'i386'],
  arm64: ['aarch64'],
  arm: ['arm', 'armv7a'],
  ppc64le: ['powerpc64le'],
  loong64: ['loongarch64'],
}

const source: Source = {
  tools: ['zig'],

  async versions(_tool, host, context) {
    const releases = await readIndex(context)
    return Object.keys(releases).filter((version) => version !== 'master' && fileFor(releases[version], host))
  },

  async locate({ version }, host, context) {
    const file = fileFor((await readIndex(context))[version], host)
    return file && [archiveOf(file)]
  },
}

const read = new WeakMap<Context, Promise<Index>>()

function readIndex(context: Context): Promise<Index> {
  const releases = read.get(context) ?? fetchIndex(context)
  read.set(context, releases)
  return releases
}

async function fetchIndex(context: Context): Promise<Index> {
  const response = await context.http.get(index)
  if (response.status !== 200) throw context.unreachable(`zig's index answered with status ${response.status}`)
  try {
    return JSON.parse(await response.text()) as Index // looked at field by field below
  } catch (error) {
    throw context.unreachable("zig's index answered with something else than its index", error)
  }
}

function fileFor(release: Record<string, unknown> | undefined, { os, arch }: Host): IndexFile | undefined {
  const system = os === 'darwin' ? 'macos' : os
  for (const machine of machines[arch] ?? [arch]) {
    const file = release?.[`${machine}-${system}`] as Partial<IndexFile> | undefined // looked at field by field
    if (typeof file?.tarball === 'string' && typeof file.shasum === 'string') return file as IndexFile
  }
  return undefined
}

function archiveOf({ tarball, shasum, size }: IndexFile): Archive {
  const name = tarball.slice(tarball.lastIndexOf('/') + 1)
  return {
    name,
    urls: [tarball],
    format: name.endsWith('.zip') ? 'zip' : 'tar.xz',
    ...(Number(size) > 0 && { size: Number(size) }),
    prefix: `${name.replace(/\.(tar\.xz|zip)$/, '')}/`,
    digests: [{ algorithm: 'sha256', hex: shasum.toLowerCase(), from: 'the index at ziglang.org' }],
    minisign: { url: `${tarball}.minisig`, publicKeys: [{ text: releaseKey }] },
    programs: ['zig'],
  }
}

export default source
