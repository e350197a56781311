/** What `link` takes for a GOROOT: a whole one, that is neither ours nor a version manager's shim, and that runs here. */
import { open, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { GonativeError } from '../errors.js'
import { goVersionAt, isProgram } from '../store/linked.js'
import type { Session } from './session.js'

/**
 * @returns the version of its Go.
 * @throws GonativeError NO_DIRECTORY (exit 5), NOT_A_GOROOT (usage) with the directory that may have been meant, LINK_OWN
 * (usage), or GO_DOES_NOT_RUN
 */
export async function checkGoroot(directory: string, { layout, io }: Pick<Session, 'layout' | 'io'>): Promise<string> {
  if (!(await stat(directory).catch(() => undefined))) {
    throw new GonativeError('NO_DIRECTORY', `there is no directory ${directory}`, { exit: 'missing' })
  }
  const go = join(directory, 'bin', io.host.os === 'windows' ? 'go.exe' : 'go')
  if (!(await isProgram(go))) throw notGoroot(directory, 'it has no program bin/go', await meant(directory))
  const [real, store] = await Promise.all([realpath(go), realpath(layout.home).catch(() => layout.home)])
  if (real.startsWith(store + sep)) {
    throw new GonativeError('LINK_OWN', `${directory} is gonative's own`, {
      exit: 'usage',
      hint: `'gonative list' shows what can be used as it is.`,
    })
  }
  if (await isScript(real)) throw notGoroot(directory, `${go} is a script, such as version managers put before Go`)
  const version = await goVersionAt(directory)
  if (version === undefined) throw notGoroot(directory, 'it has no VERSION that names a Go', dirname(dirname(real)))
  const ran = await io.run(go, ['version'], { env: { GOTOOLCHAIN: 'local' } })
  if (ran.code === 0) return version
  throw new GonativeError('GO_DOES_NOT_RUN', `${go} does not run here: ${ran.stderr.trim() || `exit ${ran.code}`}`, {
    hint: 'Is it for another machine, or not built yet?',
  })
}

/** The GOROOT that a path within it, or a link to its go, belongs to. */
async function meant(path: string): Promise<string | undefined> {
  const real = await realpath(path).catch(() => path)
  const candidates =
    basename(real) === 'go' ? [dirname(dirname(real)), join(real, 'libexec')] : [dirname(real), join(real, 'go')]
  for (const candidate of candidates) {
    if ((await goVersionAt(candidate)) !== undefined && (await isProgram(join(candidate, 'bin', 'go'))))
      return candidate
  }
  return undefined
}

function notGoroot(directory: string, why: string, other?: string): GonativeError {
  return new GonativeError('NOT_A_GOROOT', `${directory} is not a GOROOT: ${why}`, {
    exit: 'usage',
    hint:
      other === undefined || other === directory
        ? `Name the directory that holds bin/go and VERSION: 'go env GOROOT' of that Go prints it.`
        : `${other} may be what you mean.`,
  })
}

async function isScript(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return buffer.toString('latin1') === '#!'
  } finally {
    await file.close()
  }
}
