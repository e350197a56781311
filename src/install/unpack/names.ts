/**
 * The names seen so far in one archive, so that each is used once and as one thing. Decided on names alone, before
 * the file system is asked: what is refused has not been written.
 */
import { foldName } from './safe-path.js'

export type Kind = 'directory' | 'file' | 'link'

export class Names {
  private readonly seen = new Map<string, { name: string; kind: Kind }>()
  /** Directories that were found good with all that is above them: most entries share theirs with the one before. */
  private readonly good = new Set<string>()

  /** Takes a name (safe by itself, no slash at its end). @returns what is wrong with it, as a clause. */
  add(name: string, kind: Kind): string | undefined {
    const slash = name.lastIndexOf('/')
    const flaw = slash < 0 ? undefined : this.above(name.slice(0, slash))
    return flaw ?? this.take(name, kind)
  }

  private above(directory: string): string | undefined {
    if (this.good.has(directory)) return undefined
    const flaw = this.add(directory, 'directory')
    if (flaw) return flaw
    this.good.add(directory)
    return undefined
  }

  private take(name: string, kind: Kind): string | undefined {
    const key = foldName(name)
    const before = this.seen.get(key)
    if (!before) {
      this.seen.set(key, { name, kind })
      return undefined
    }
    if (before.name !== name) return `and ${JSON.stringify(before.name)} are one name where case or accents don't count`
    if (before.kind === 'directory' && kind === 'directory') return undefined
    if (kind === 'directory') return `goes through ${JSON.stringify(name)}, which is a ${before.kind}`
    return 'is there twice'
  }
}
