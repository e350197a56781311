// Preloaded into a process of its own (`node --import`): kills it, as kill -9 would, right before the first call of
// fs.promises.rename whose destination KILL_AT describes.
import { syncBuiltinESMExports } from 'node:module'
import promises from 'node:fs/promises'

const wanted = new RegExp(`^${process.env.KILL_AT ?? ''}`)
const { rename } = promises
promises.rename = async (from, to) => {
  if (wanted.test(`rename ${String(to)}`)) {
    process.kill(process.pid, 'SIGKILL')
    await new Promise(() => undefined)
  }
  return rename(from, to)
}
syncBuiltinESMExports()
