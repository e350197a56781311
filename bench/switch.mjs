// The go command's own toolchain switch: an older Go that GOTOOLCHAIN tells to become the newest.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cache, environment, olderVersion } from './home.mjs'
import { ask } from './peers/program.mjs'
import { version } from './store.mjs'

/** The environment of a switch, with modules from this proxy and everything that is fetched in `gopath`. */
export function switching(home, gopath, proxy) {
  const flags = { GOFLAGS: '-modcacherw', GOTOOLCHAIN: `go${version}` }
  return environment(home, [], { ...flags, GOPROXY: proxy, GOPATH: gopath, GOMODCACHE: join(gopath, 'pkg', 'mod') })
}

/** The switch as a peer of the shims: what it switches to is there already. */
export function switched({ goroot }, proxy) {
  const home = join(cache, 'switch')
  const env = switching(home, join(home, 'go'), proxy)
  const command = [join(goroot, 'bin', 'go'), 'version']
  if (!existsSync(env.GOMODCACHE)) ask(command, env, home)
  return { version: olderVersion, ways: [{ id: 'switch', name: `go ${olderVersion}, its own switch`, command, env }] }
}
