/** zig from the wheels of the Python package `ziglang`: a zip each, with the tree in `ziglang/`. */
import type { Archive, Source } from 'gonative/contract'
import { pipIndex } from './pip.js'
import { readProject } from './simple-index.js'
import type { ProjectFile } from './simple-index.js'
import { parseWheel, runsOn } from './wheel.js'
import type { Wheel } from './wheel.js'

const source: Source = {
  tools: ['zig'],

  async versions(_tool, host, context) {
    const files = await readProject('ziglang', await pipIndex(context), context)
    const wheels = files.filter((file) => !file.yanked).map((file) => parseWheel(file.filename))
    const fitting = wheels.filter((wheel) => wheel !== undefined).filter((wheel) => runsOn(wheel.tags, host))
    return [...new Set(fitting.filter((wheel) => !wheel.development).map((wheel) => wheel.zig))]
  },

  async locate({ version }, host, context) {
    const files = await readProject('ziglang', await pipIndex(context), context)
    let best: { file: ProjectFile; rank: number } | undefined
    for (const file of files) {
      const wheel = parseWheel(file.filename)
      if (wheel?.zig !== version || !runsOn(wheel.tags, host)) continue
      const rank = rankOf(wheel, file)
      if (best === undefined || rank > best.rank) best = { file, rank }
    }
    return best && [archiveOf(best.file)]
  },
}

/**
 * The first packaging goes before later ones, as for pip's `==`: what a version means does not change when it is
 * packaged again. A withdrawn file is for those only who ask for exactly it, when nothing else has it.
 */
function rankOf(wheel: Wheel, file: ProjectFile): number {
  if (file.yanked) return -1
  return wheel.post ?? Infinity
}

function archiveOf({ filename, url, digests, size }: ProjectFile): Archive {
  return {
    name: filename,
    urls: [url],
    format: 'zip',
    ...(size !== undefined && { size }),
    prefix: 'ziglang/',
    digests,
    programs: ['zig'],
  }
}

export default source
