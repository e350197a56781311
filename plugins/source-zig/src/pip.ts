/**
 * Where pip would look: its configuration (environment, user's and machine's files) is its own business, so pip is asked.
 * `pip download --help` shows the index in force as the option's default; with COLUMNS it stays on one line.
 */
import type { Context } from 'gonative/contract'

/** The ways to start pip, in the order in which they are tried. */
const starts: [string, string[]][] = [
  ['python3', ['-m', 'pip']],
  ['python', ['-m', 'pip']],
  ['pip3', []],
  ['pip', []],
]

const asked = new WeakMap<Context, Promise<string>>()

/** The URL of the index in force. @throws unreachable when no pip is at hand to ask. */
export function pipIndex(context: Context): Promise<string> {
  const index = asked.get(context) ?? ask(context)
  asked.set(context, index)
  return index
}

async function ask(context: Context): Promise<string> {
  for (const [command, args] of starts) {
    const pip = (...rest: string[]): ReturnType<Context['run']> =>
      context.run(command, [...args, ...rest], { env: { COLUMNS: '1000', PIP_DISABLE_PIP_VERSION_CHECK: '1' } })
    const help = await pip('download', '--help')
    const index = /--index-url <url>[^\n]*?\(default:? ([^)\s]+)\)/.exec(help.stdout)?.[1]
    if (help.code !== 0 || index === undefined) continue
    return index.includes(':****@') || index.includes('//****@')
      ? whole(index, (await pip('config', 'list')).stdout)
      : index
  }
  throw context.unreachable('no pip is at hand to ask for its package index')
}

/** pip hides the password in its help; its list of settings has it. */
function whole(hidden: string, settings: string): string {
  const values = [...settings.matchAll(/\.index-url=(['"])(.*)\1\s*$/gm)].map((found) => found[2] ?? '')
  return values.find((value) => sameBut(value, hidden)) ?? hidden
}

function sameBut(value: string, hidden: string): boolean {
  if (!URL.canParse(value) || !URL.canParse(hidden)) return false
  const [a, b] = [new URL(value), new URL(hidden)]
  return a.host === b.host && a.pathname === b.pathname
}
