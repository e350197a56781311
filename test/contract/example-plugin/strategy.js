// Grafts linux/mips64 with Acme's compiler. `plan` is pure; `apply` writes into the directory that it is handed.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** @type {import('gonative/contract').Strategy} */
export default {
  plan(_toolchain, target) {
    if (target.goos !== 'linux' || target.goarch !== 'mips64') return { refused: 'Acme compiles for linux/mips64 only' }
    return { name: 'acme-mips64', target, needs: [{ tool: 'acme-cc', versions: ['1.0.0'] }] }
  },

  async apply(_plan, { directory, needs }) {
    const compiler = `compilers/acme-cc-${needs['acme-cc'].version}/acme-cc`
    await writeFile(join(directory, 'cc.sh'), `exec "$home/${compiler}" -march=mips64 "$@"\n`)
    return { env: { CGO_ENABLED: '1', CC: 'gonative-cc {graft}' } }
  },
}
