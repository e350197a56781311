/** Go from its official download index; releases that the index has forgotten, from where the user keeps them. */
import type { Source } from 'gonative/contract'
import { locateInArchive } from './archive-base.js'
import { archiveOf, fileFor, readIndex, sourceFileOf } from './go-dl.js'

const source: Source = {
  tools: ['go'],

  async versions(_tool, host, context) {
    const releases = await readIndex(context)
    return releases.filter((release) => fileFor(release, host)).map((release) => release.version)
  },

  async locate({ version }, host, context) {
    let unreachable: unknown
    try {
      const release = (await readIndex(context)).find((release) => release.version === version)
      const file = release && fileFor(release, host)
      if (file !== undefined) return [archiveOf(file)]
    } catch (error) {
      unreachable = error
    }
    const archive = await locateInArchive(version, host, context)
    if (archive !== undefined) return [archive]
    if (unreachable !== undefined) throw unreachable as Error // whatever was caught above
    return undefined
  },

  async locateSource({ version }, context) {
    const release = (await readIndex(context)).find((release) => release.version === version)
    const file = release && sourceFileOf(release)
    return file && [archiveOf(file)]
  },
}

export default source
