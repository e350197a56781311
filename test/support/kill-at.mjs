// Preloaded into a process of its own (`node --import`): kills it, as kill -9 would, right before the first call of
// fs.promises.rename or link whose destination KILL_AT describes.
import { syncBuiltinESMExports } from 'node:module'
import promises from 'node:fs/promises'

const wanted = new RegExp(`^${process.env.KILL_AT ?? ''}`)
for (const name of ['rename', 'link']) {
  const call = promises[name]
  promises[name] = async (from, to) => {
    if (wanted.test(`${name} ${String(to)}`)) {
      process.kill(process.pid, 'SIGKILL')
      await new Promise(() => undefined)
    }
    return call(from, to)
  }
}
syncBuiltinESMExports()
