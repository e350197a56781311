/** What a user's store says of one of its Gos. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TargetRow } from '../../src/install/graft/targets.js'
import type { Receipt } from '../../src/store/receipt.js'
import type { User } from './cli.js'

/** @param me is asked each time: every test has a user of its own. */
export function toolchain(me: () => User, version: string) {
  return {
    /** A path in its tree. */
    tree: (...parts: string[]): string => join(me().home, 'toolchains', `go${version}`, ...parts),
    receipt: async (): Promise<Receipt> =>
      JSON.parse(await readFile(join(me().home, `toolchains/go${version}.receipt.json`), 'utf8')) as Receipt,
  }
}

/** The row of `gonative targets`. */
export async function rowOf(me: User, target: string): Promise<TargetRow | undefined> {
  const { stdout } = await me.gonative('targets', '--json')
  return (JSON.parse(stdout) as TargetRow[]).find((row) => row.target === target)
}

/** The names in a directory; none where there is no such. */
export function list(path: string): Promise<string[]> {
  return readdir(path).catch(() => [])
}
