/** Keys that gonative knows by itself, as dated data: a new key of an owner is a new row, never an edit of an old one. */
import type { PublicKey } from '../contract/index.js'

export interface KnownKey extends PublicKey {
  /** What the key signs for, as GOSUMDB names it. */
  name: string
  /** Where its owner publishes it. */
  source: string
  /** When the row was last held against its source, ISO 8601. */
  checked: string
}

/**
 * Checksum databases that GOSUMDB may name without a key. `sum.golang.google.cn` is no database of its own: it is
 * another address of sum.golang.org, so it signs with this same key. A tree head carries no date, so an expiry of a
 * key could not be held against one; an owner that changes its key changes the name or this table.
 */
export const databaseKeys: readonly KnownKey[] = [
  {
    name: 'sum.golang.org',
    text: 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8',
    source: 'https://go.googlesource.com/go/+/refs/tags/go1.26.8/src/cmd/go/internal/modfetch/key.go',
    checked: '2026-11-21',
  },
]

const aliases: Readonly<Record<string, string>> = { 'sum.golang.google.cn': 'sum.golang.org' }

/** @returns the key of a database by its bare name or its alias, undefined when it isn't known */
export function databaseKey(name: string): KnownKey | undefined {
  const real = aliases[name] ?? name
  return databaseKeys.find((key) => key.name === real)
}
