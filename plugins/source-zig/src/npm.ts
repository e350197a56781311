/** Asks the npm client on PATH, which applies its own configuration and credentials. */
import type { Context } from 'gonative/contract'

/** npm's own retries take half a minute when there is no network; other sources are waiting. */
const patience = { npm_config_fetch_retries: '1', npm_config_fetch_retry_mintimeout: '500' }

/** npm's words for "there is no such package or version". */
const absent = ['E404', 'ETARGET', 'ENOVERSIONS']

/**
 * One field of what the registry knows of a package; undefined when it knows no such package or version.
 * @throws unreachable when there is no npm, or it can't reach its registry.
 */
export async function npmView(spec: string, field: string, context: Context): Promise<unknown> {
  const { code, stdout, stderr } = await context.run('npm', ['view', spec, field, '--json'], { env: patience })
  const answer = parsed(stdout)
  if (code === 0) return answer
  if (code === -1) throw context.unreachable('no npm is at hand to ask for its registry')
  const error = (answer as { error?: { code?: string; summary?: string } } | undefined)?.error // npm's own shape
  if (absent.includes(error?.code ?? '')) return undefined
  const why = error?.summary ?? lastLine(stderr)
  throw context.unreachable(`npm could not ask its registry: ${why.replaceAll(/\/\/[^/@\s]*@/g, '//')}`)
}

function parsed(text: string): unknown {
  try {
    return text.trim() === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
