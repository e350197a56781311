/**
 * Go's build scripts split and quote paths as shell scripts of their time do: up to 1.4 a GOROOT with a quote, `$` or space
 * stops make.bash or its C compiler. Where the store is in such a place, the build goes through links with plain names.
 */
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where Go's own archives say that they are; what is built finds itself elsewhere, or is told by GOROOT. */
const published = '/usr/local/go'

export interface Places {
  goroot: string
  bootstrap: string | undefined
  final: string | undefined
  /** A directory that goes before all others on PATH. */
  first: string | undefined
}

/** Runs `work` with the same places, by names that every make.bash can take. */
export async function withPlainPaths<T>(
  { goroot, bootstrap, final, first }: Places,
  work: (places: Places) => Promise<T>,
): Promise<T> {
  if ([goroot, bootstrap, final, first].every((path) => path === undefined || isPlain(path))) {
    return work({ goroot, bootstrap, final, first })
  }
  const directory = await mkdtemp(join(isPlain(tmpdir()) ? tmpdir() : '/tmp', 'gonative-make-'))
  try {
    const link = async (to: string | undefined, name: string): Promise<string | undefined> => {
      if (to === undefined) return undefined
      await symlink(to, join(directory, name))
      return join(directory, name)
    }
    return await work({
      goroot: (await link(goroot, 'go')) ?? goroot,
      bootstrap: await link(bootstrap, 'bootstrap'),
      final: final !== undefined && isPlain(final) ? final : published,
      first: await link(first, 'bin'),
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function isPlain(path: string): boolean {
  return process.platform === 'win32' || /^[\w./+,@=~:-]+$/.test(path)
}
