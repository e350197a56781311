/**
 * Go as the go command downloads it for itself: the module `golang.org/toolchain`, one version for each release and
 * host (https://go.dev/doc/toolchain#download). The proxies' lists are incomplete; a version is found by asking for it.
 */
import type { Context, Source } from 'gonative/contract'
import { archiveOf, modulePath, moduleVersion, versionsIn } from './toolchain-module.js'

const source: Source = {
  tools: ['go'],

  async versions(_tool, host, context) {
    await needProxy(context)
    const found = await context.go.proxyGet(`${modulePath}/@v/list`)
    return found === undefined ? [] : versionsIn(await found.response.text(), host)
  },

  async locate({ version }, host, context) {
    await needProxy(context)
    const module = moduleVersion(version, host)
    try {
      const found = await context.go.proxyGet(`${modulePath}/@v/${module}.info`)
      return found && [archiveOf(module, found.base)]
    } catch (error) {
      if (await isAbsent(error, module, context)) return undefined
      throw error
    }
  },
}

/** The code knows no proxy by name: the user's Go does. */
async function needProxy(context: Context): Promise<void> {
  if ((await context.go.get('GOPROXY')) === undefined)
    throw context.unreachable('GOPROXY is not set and no Go is at hand to ask')
}

/**
 * Some proxies say 403, not 404, of a version that they don't have. When such a proxy shows its list and the version is
 * not in it, that is what it meant; a version that is listed but refused is a refusal.
 */
async function isAbsent(error: unknown, module: string, context: Context): Promise<boolean> {
  if (!(error instanceof Error && 'status' in error && error.status === 403)) return false
  try {
    const list = await context.go.proxyGet(`${modulePath}/@v/list`)
    return list !== undefined && !(await list.response.text()).split('\n').includes(module)
  } catch {
    return false
  }
}

export default source
