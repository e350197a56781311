/**
 * What is answered before oclif is loaded, because that takes longer than the answer: `--version`, and `list`, whose
 * command does the same for whoever asks it anything else.
 */
import { readFile } from 'node:fs/promises'

/**
 * Answers if it can.
 * @param argv what follows `gonative`
 * @param root the package's directory, as a URL
 * @returns false when the command is for oclif
 */
export async function quick(argv: string[], root: URL): Promise<boolean> {
  const [first, second] = argv
  const isList = first === 'list' && (argv.length === 1 || (second === '--json' && argv.length === 2))
  try {
    if (first === '--version' && argv.length === 1) process.stdout.write(`${await version(root)}\n`)
    else if (isList) await list(second === '--json')
    else return false
  } catch (error) {
    const { end } = await import('./end.js')
    end(error, second === '--json')
  }
  return true
}

/** As oclif says it. */
async function version(root: URL): Promise<string> {
  const { name, version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as Record<string, string>
  return `${name}/${version} ${process.platform}-${process.arch} node-${process.version}`
}

async function list(json: boolean): Promise<void> {
  const [{ Layout }, { homeOf }, { installedRows, showInstalled }] = await Promise.all([
    import('../store/layout.js'),
    import('./home.js'),
    import('./installed.js'),
  ])
  const rows = await installedRows(new Layout(homeOf({ env: process.env, cwd: process.cwd() })))
  if (json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
  else await showInstalled(rows)
}
