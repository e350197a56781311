// A module proxy on the loopback, as a process of its own: it asks the configured proxies once for each path, the
// checksum database's too, and answers from disk from then on. `node bench/proxy.mjs DIRECTORY GO` prints its address; GO
// is the go command that knows the configured ones.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join, normalize } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { EnvHttpProxyAgent, request } from 'undici'

const [directory, go] = process.argv.slice(2)
const configured = execFileSync(go, ['env', 'GOPROXY'], { encoding: 'utf8' }).trim().split(/[,|]/)
const upstreams = configured.filter((each) => /^https?:/.test(each)).map((each) => each.replace(/\/$/, ''))
const dispatcher = new EnvHttpProxyAgent()

/** Where a path's answer is kept; `@answer` so that no path is a directory of another's. */
const kept = (path) => join(directory, normalize(path), '@answer')

/** @returns the status: 200 when the answer is on disk now */
async function fetched(path) {
  let status = 404
  for (const upstream of upstreams) {
    const answer = await request(`${upstream}${path}`, { dispatcher, maxRedirections: 0 })
    status = answer.statusCode
    if (status !== 200) {
      await answer.body.dump()
      continue
    }
    const file = kept(path)
    mkdirSync(dirname(file), { recursive: true })
    const partial = `${file}.${randomBytes(6).toString('hex')}`
    await pipeline(answer.body, createWriteStream(partial))
    renameSync(partial, file)
    return 200
  }
  return status
}

const sizeOf = (file) => statSync(file, { throwIfNoEntry: false })?.size

const server = createServer(async (incoming, response) => {
  try {
    const path = new URL(incoming.url, 'http://loopback').pathname
    if (sizeOf(kept(path)) === undefined) {
      const status = await fetched(path)
      if (status !== 200) return response.writeHead(status).end()
    }
    response.writeHead(200, { 'content-length': sizeOf(kept(path)) })
    if (incoming.method === 'HEAD') return response.end()
    await pipeline(createReadStream(kept(path), { highWaterMark: 1 << 20 }), response)
  } catch (error) {
    if (!response.headersSent) response.writeHead(502)
    response.end(String(error))
  }
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
process.stdin.on('end', () => process.exit()).resume() // when who started it is gone
