/**
 * Where other version managers keep what they installed, and what they remember as the user's choice. Each row was read
 * in that manager's own source or manual; a new one is a row here.
 */
import { readFile, readlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { goVersionAt } from '../../store/linked.js'

export interface Home {
  env: Readonly<Record<string, string | undefined>>
  /** The user's home directory. */
  home: string
}

export interface Manager {
  id: 'goenv' | 'asdf' | 'mise' | 'gvm' | 'g'
  /** The directories that have one directory a version in them. */
  rooms(home: Home): string[]
  /** The GOROOT within a version's directory; default that directory itself. */
  within?: string
  /** Files that the manager itself puts into a GOROOT: they are not copied. */
  own?: string[]
  /** The version, or line of versions, that it has for the user everywhere; undefined for none. May be `system`. */
  choice(home: Home): Promise<string | undefined>
}

export const managers: readonly Manager[] = [
  {
    id: 'goenv', // github.com/go-nv/goenv: HOW_IT_WORKS.md
    rooms: (at) => [join(goenv(at), 'versions')],
    choice: (at) => firstMatch(join(goenv(at), 'version'), /^[ \t]*([^#\s]\S*)/m),
  },
  {
    id: 'asdf', // github.com/asdf-vm/asdf and asdf-community/asdf-golang, which some have added as `go`
    rooms: (at) => ['golang', 'go'].map((plugin) => join(asdf(at), 'installs', plugin)),
    within: 'go',
    choice: ({ env, home }) =>
      firstMatch(
        join(home, env.ASDF_DEFAULT_TOOL_VERSIONS_FILENAME ?? '.tool-versions'),
        /^[ \t]*(?:golang|go)[ \t]+([^#\s]+)/m,
      ),
  },
  {
    id: 'mise', // mise.jdx.dev/directories.html, /configuration.html
    rooms: ({ env, home }) => {
      const data = env.MISE_DATA_DIR ?? join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'mise')
      return [join(data, 'installs', 'go')]
    },
    choice: async ({ env, home }) => {
      const config = env.MISE_CONFIG_DIR ?? join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'mise')
      const text = await readText(env.MISE_GLOBAL_CONFIG_FILE ?? join(config, 'config.toml'))
      const tools = /^\[tools\][ \t]*\n((?:(?!\[).*\n?)*)/m.exec(text)?.[1] ?? ''
      return /^[ \t]*"?(?:go|golang)"?[ \t]*=[ \t]*(?:\[[ \t]*|\{[ \t]*version[ \t]*=[ \t]*)?["']([^"']+)/m.exec(
        tools,
      )?.[1]
    },
  },
  {
    id: 'gvm', // github.com/moovweb/gvm: scripts/install, which ends with `find . > manifest`
    rooms: (at) => [join(gvm(at), 'gos')],
    own: ['manifest'],
    choice: (at) => firstMatch(join(gvm(at), 'environments', 'default'), /\bgvm_go_name="go([^"]+)"/),
  },
  {
    id: 'g', // github.com/voidint/g: cli/cli.go
    rooms: (at) => [join(voidint(at), 'versions')],
    choice: async (at) => {
      const link = await readlink(join(voidint(at), 'go')).catch(() => undefined)
      return link === undefined ? undefined : basename(link)
    },
  },
  {
    id: 'g', // github.com/stefanmaric/g: bin/g copies the version in use to the directory itself
    rooms: (at) => [join(stefanmaric(at), '.versions')],
    choice: (at) => goVersionAt(stefanmaric(at)),
  },
]

const goenv = ({ env, home }: Home): string => env.GOENV_ROOT ?? join(home, '.goenv')
const asdf = ({ env, home }: Home): string => env.ASDF_DATA_DIR?.replace(/^~(?=\/)/, home) ?? join(home, '.asdf')
const gvm = ({ env, home }: Home): string => env.GVM_ROOT ?? join(home, '.gvm')
const voidint = ({ env, home }: Home): string =>
  env.G_EXPERIMENTAL?.toLowerCase() === 'true' && env.G_HOME ? env.G_HOME : join(home, '.g')
const stefanmaric = ({ home }: Home): string => join(home, '.go')

async function firstMatch(file: string, pattern: RegExp): Promise<string | undefined> {
  return pattern.exec(await readText(file))?.[1]
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '')
}
